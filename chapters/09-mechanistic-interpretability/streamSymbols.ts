import type { Symbols } from "../../src/book/symbols.ts";

export const streamSymbols = {} satisfies Symbols;
