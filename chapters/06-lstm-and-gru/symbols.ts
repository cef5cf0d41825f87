import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of gated cells. Dimensions: H units, I inputs, m examples. */
export const symbols = {} satisfies Symbols;
