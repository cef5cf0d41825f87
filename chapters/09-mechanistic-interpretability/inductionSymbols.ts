import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of induction heads. Dimensions: T places, d_model numbers a place. */
export const inductionSymbols = {
  W_P: {
    tex: "W_P",
    name: "position embedding",
    meaning: "A row for each place: what it writes to the stream first of all.",
    kind: "tensor",
    shape: [["T", "d_model"]],
    range: "any numbers",
  },
} satisfies Symbols;
