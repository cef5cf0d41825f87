import type { Symbols } from "../../src/book/symbols.ts";

/** Induction heads need no symbols but those that the chapter shares. */
export const inductionSymbols = {} satisfies Symbols;
