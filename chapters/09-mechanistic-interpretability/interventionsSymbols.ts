import type { Symbols } from "../../src/book/symbols.ts";

export const interventionsSymbols = {} satisfies Symbols;
