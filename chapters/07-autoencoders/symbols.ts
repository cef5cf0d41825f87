import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of autoencoders. Dimensions: m pictures of n pixels, codes of d numbers. */
export const symbols = {} satisfies Symbols;
