import type { Symbols } from "../../src/book/symbols.ts";

/** The symbols of translation. Dimensions: m sentences, S source words, T target words, d_model numbers a word. */
export const translationSymbols = {
  memory: {
    tex: "C",
    name: "memory",
    meaning: "What the encoder has made of the source, a row a word.",
    kind: "tensor",
    shape: [["m", "S", "d_model"]],
    range: "any numbers",
  },
  resid_cross: {
    tex: String.raw`x^\text{cross}`,
    name: "stream after cross-attention",
    meaning: "The decoder’s stream with what it has gathered from the source.",
    kind: "tensor",
    shape: [["m", "T", "d_model"]],
    range: "any numbers",
    at: { name: "decoder.blocks.0.resid_cross", config: { decoding: "beam" } },
  },
  score: {
    tex: "s",
    name: "score",
    meaning: "The logarithm of the probability of a beginning: the sum over its words.",
    kind: "tensor",
    shape: [["w"]],
    range: "at most 0",
    at: { name: "steps.1.score@beam", config: { decoding: "beam" } },
  },
  log_p: {
    tex: String.raw`\ln p`,
    name: "logarithm of the probability",
    meaning: "How likely each word is to be the next one of each beam, as a logarithm.",
    kind: "tensor",
    shape: [["w", "V"]],
    range: "at most 0",
    at: { name: "steps.1.log_p@beam", config: { decoding: "beam" } },
  },
} satisfies Symbols;
