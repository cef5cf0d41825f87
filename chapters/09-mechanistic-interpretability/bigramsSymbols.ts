import type { Symbols } from "../../src/book/symbols.ts";

export const bigramsSymbols = {} satisfies Symbols;
