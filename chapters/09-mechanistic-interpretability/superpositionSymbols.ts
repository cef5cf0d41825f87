import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of the toy models. Dimensions: k models, B examples, n features, m dimensions. */
export const superpositionSymbols = {
  x: {
    tex: "x",
    name: "features",
    meaning: "How strong each feature is: 0 where it is not there.",
    kind: "tensor",
    shape: [["k", "B", "n"]],
    range: "0 to 1",
  },
  W: {
    tex: "W",
    name: "feature vectors",
    meaning: "A vector for each feature, as a column: where it is written to, and read from.",
    kind: "tensor",
    shape: [["k", "m", "n"]],
    range: "any number",
  },
  h: {
    tex: "h",
    name: "hidden vector",
    meaning:
      "The features squeezed into fewer dimensions: the sum of their vectors, each times its strength.",
    kind: "tensor",
    shape: [["k", "B", "m"]],
    range: "any number",
  },
  b: {
    tex: "b",
    name: "bias",
    meaning:
      "What is added to each feature when it is read; where it is negative, faint answers are cut off.",
    kind: "tensor",
    shape: [["k", "n"]],
    range: "any number",
  },
  x_hat: {
    tex: String.raw`\hat x`,
    name: "features read back",
    meaning: "What the model makes of the hidden vector.",
    kind: "tensor",
    shape: [["k", "B", "n"]],
    range: "at least 0, with the ReLU",
  },
  G: {
    tex: String.raw`W^\top W`,
    name: "Gram matrix",
    meaning:
      "The product of the vectors of any two features: how much of one is read as the other.",
    kind: "tensor",
    shape: [["k", "n", "n"]],
    range: "any number",
  },
  D: {
    tex: "D",
    name: "dimensionality",
    meaning: "How much of a dimension each feature has to itself.",
    kind: "tensor",
    shape: [["k", "n"]],
    range: "0 to 1",
  },
} satisfies Symbols;
