import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of virtual weights. Dimensions: n numbers at the end that writes, k at the one that reads; w writers, r readers. */
export const virtualSymbols = {
  W_virtual: {
    tex: String.raw`W_{\text{virtual}}`,
    name: "virtual weights",
    meaning:
      "What one part writes with, times what a later one reads with: as if the two were wired together.",
    kind: "tensor",
    shape: [["n", "k"]],
    range: "any number",
  },
  score: {
    tex: "s",
    name: "composition score",
    meaning: "How much of what one part writes another one reads.",
    kind: "tensor",
    shape: [["w", "r"]],
    range: "0 to 1",
  },
} satisfies Symbols;
