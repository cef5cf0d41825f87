import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of path expansion. Dimensions: P paths, B sequences, T tokens, V tokens in the vocabulary. */
export const pathsSymbols = {
  terms: {
    tex: String.raw`\ell_\pi`,
    name: "a path’s term",
    meaning: "What one path through the model adds to the logits.",
    kind: "tensor",
    shape: [["P", "B", "T", "V"]],
    range: "any numbers",
    at: { name: "paths.terms", config: { apart: false } },
  },
} satisfies Symbols;
