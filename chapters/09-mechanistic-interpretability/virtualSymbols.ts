import type { Symbols } from "../../src/book/symbols.ts";

export const virtualSymbols = {} satisfies Symbols;
