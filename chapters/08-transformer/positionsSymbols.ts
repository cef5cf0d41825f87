import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of places. */
export const positionsSymbols = {
  P: {
    tex: "P",
    name: "waves",
    meaning: "One row for each place: waves of many lengths, read at that place.",
    kind: "tensor",
    shape: [["T", "d_model"]],
    range: "−1 to 1",
  },
  W_P: {
    tex: "W_P",
    name: "learned places",
    meaning: "One row for each place, drawn at random and then learned like any weight.",
    kind: "tensor",
    shape: [["places", "d_model"]],
    range: "any numbers",
  },
  PP: {
    tex: "PP^\\top",
    name: "products of places",
    meaning: "How alike the rows of each two places are.",
    kind: "tensor",
    shape: [["T", "T"]],
    range: "any numbers",
  },
  R: {
    tex: "R",
    name: "shift",
    meaning: "What turns the row of every place into that of the place k further on.",
    kind: "tensor",
    shape: [["d_model", "d_model"]],
    range: "−1 to 1",
  },
  beta: {
    tex: "\\beta",
    name: "sharpness",
    meaning: "The only number that is learned with the waves: how much their products count.",
    kind: "tensor",
    shape: [[]],
    range: "any number",
  },
} satisfies Symbols;
