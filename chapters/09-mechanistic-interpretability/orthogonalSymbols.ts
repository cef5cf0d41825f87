import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of almost orthogonal directions. Dimensions: N directions. */
export const orthogonalSymbols = {
  C: {
    tex: "C",
    name: "cosines",
    meaning:
      "The cosine of the angle between any two directions: 0 where they are at right angles.",
    kind: "tensor",
    shape: [["N", "N"]],
    range: "−1 to 1",
    at: { name: "dims.32.C", config: { degrees: 15 } },
  },
} satisfies Symbols;
