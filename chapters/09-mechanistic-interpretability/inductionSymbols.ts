import type { Symbols } from "../../src/book/symbols.ts";

export const inductionSymbols = {} satisfies Symbols;
