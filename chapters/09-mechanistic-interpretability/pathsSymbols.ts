import type { Symbols } from "../../src/book/symbols.ts";

export const pathsSymbols = {} satisfies Symbols;
