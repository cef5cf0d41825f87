import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of the residual stream. Dimensions: P parts that write; the others as in `transformerSymbols`. */
export const streamSymbols = {
  writes: {
    tex: "w",
    name: "writes",
    meaning: "What each part adds to the residual stream.",
    kind: "tensor",
    shape: [["P", "B", "T", "d_model"]],
    range: "any numbers",
  },
  c: {
    tex: "c",
    name: "direct contributions",
    meaning: "What each part’s write adds to each logit; over all parts they sum to the logits.",
    kind: "tensor",
    shape: [["P", "B", "T", "V"]],
    range: "any numbers",
  },
  R: {
    tex: "R",
    name: "turn of the stream",
    meaning: "An orthogonal matrix that turns every direction of the stream by the same angle.",
    kind: "tensor",
    shape: [["d_model", "d_model"]],
    range: "−1 to 1",
  },
} satisfies Symbols;
