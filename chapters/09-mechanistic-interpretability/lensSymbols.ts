import type { Symbols } from "../../src/book/symbols.ts";

export const lensSymbols = {} satisfies Symbols;
