import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of the model without layers. Dimensions as in `transformerSymbols`. */
export const bigramsSymbols = {
  x_0: {
    tex: "x_0",
    name: "stream at the beginning",
    meaning: "What the embedding has written: a row for each token.",
    kind: "tensor",
    shape: [["B", "T", "d_model"]],
    range: "any numbers",
  },
  W_EU: {
    tex: "W_E W_U",
    name: "table of pairs",
    meaning: "What each token says by itself of every token that may come next.",
    kind: "tensor",
    shape: [["V", "V"]],
    range: "any numbers",
  },
} satisfies Symbols;
