import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of tokens and their rows. */
export const tokensSymbols = {
  W_E: {
    tex: "W_E",
    name: "embedding",
    meaning: "One row of numbers for each token that there is.",
    kind: "tensor",
    shape: [["V", "d_model"]],
    range: "any numbers",
  },
  e: {
    tex: "e",
    name: "rows of the tokens",
    meaning: "The text as the model takes it up: for each token its row of the embedding.",
    kind: "tensor",
    shape: [["m", "T", "d_model"]],
    range: "any numbers",
  },
} satisfies Symbols;
