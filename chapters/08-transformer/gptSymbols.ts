import type { Symbols } from "../../src/book/symbols.ts";

const kept = (tex: string, name: string, meaning: string) => ({
  tex,
  code: tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["layers", "B", "h", "places", "d_k"]],
  range: "any numbers",
});

/** The symbols of the GPT. */
export const gptSymbols = {
  W_E: {
    tex: "W_E",
    name: "embedding",
    meaning: "A row of numbers for each token of the vocabulary.",
    kind: "tensor",
    shape: [["V", "d_model"]],
    range: "any numbers",
  },
  logits: {
    tex: String.raw`\ell`,
    name: "logits",
    meaning: "At each place a score for every token: the larger, the likelier it comes next.",
    kind: "tensor",
    shape: [["B", "T", "V"]],
    range: "any numbers",
  },
  L: {
    tex: "L",
    name: "loss",
    meaning: "How surprising the tokens that came were to the model, the mean over all places.",
    kind: "tensor",
    shape: [[]],
    range: "at least 0, in nats a token",
  },
  tau: {
    tex: String.raw`\tau`,
    name: "temperature",
    meaning: "Divides the logits before the softmax: small is bold, large is even.",
    kind: "setting",
    range: "0.1 to 3",
  },
  k: {
    tex: "k",
    name: "top-k",
    meaning: "So many tokens, the likeliest, are left to draw from.",
    kind: "setting",
    range: "0 (all) to 50",
  },
  share: {
    tex: String.raw`p_{\text{top}}`,
    name: "top-p",
    meaning: "The likeliest tokens that together have this share are left to draw from.",
    kind: "setting",
    range: "0.05 to 1",
  },
  p: {
    tex: "p",
    name: "distribution of the next token",
    meaning: "How likely each token comes next, at this temperature.",
    kind: "tensor",
    shape: [["V"]],
    range: "0 to 1; they sum to 1",
  },
  kept: {
    tex: String.raw`\hat p`,
    name: "what is drawn from",
    meaning: "The distribution after the unlikely tokens have been cut.",
    kind: "tensor",
    shape: [["V"]],
    range: "0 to 1; they sum to 1",
  },
  y_next: {
    tex: "y",
    name: "next token",
    meaning: "The number of the token that was drawn; without a random number, of the likeliest.",
    kind: "tensor",
    shape: [["B"]],
    range: "0 to V − 1",
  },
  "cache.K": kept("K", "keys kept", "The keys of all tokens read so far, by block and head."),
  "cache.V": kept("V", "values kept", "The values of all tokens read so far, by block and head."),
} satisfies Symbols;
