import type { Symbols } from "../../src/book/symbols.ts";

export const skipSymbols = {} satisfies Symbols;
