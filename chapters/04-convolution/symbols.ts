import type { Symbols } from "../../src/book/symbols.ts";

export const symbols = {} satisfies Symbols;
