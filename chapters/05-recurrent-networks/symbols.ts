import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of recurrent networks. Dimensions: T steps, V words, d numbers a word, H hidden units, K outputs. */
export const symbols = {} satisfies Symbols;
