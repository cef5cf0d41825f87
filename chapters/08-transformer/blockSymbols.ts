import type { Symbols } from "../../src/book/symbols.ts";

/** Where the lab on the block has a tensor: in the first block of its whole model. */
const at = (name: string) => ({
  name: `whole.blocks.0.${name}`,
  config: { task: "sort" },
});

const stream = (tex: string, name: string, meaning: string, tap: string) => ({
  tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["m", "T", "d_model"]],
  range: "any numbers",
  at: at(tap),
});
const learned = (tex: string, name: string, meaning: string, tap: string) => ({
  tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["d_model"]],
  range: "any numbers",
  at: at(tap),
});

/** The symbols of a block. Dimensions: m sequences, T tokens, d_model numbers a token, d_ff units. */
export const blockSymbols = {
  resid_pre: stream(
    String.raw`x^\text{pre}`,
    "stream into the block",
    "What is known of each token before the block, a row each.",
    "resid_pre",
  ),
  resid_mid: stream(
    String.raw`x^\text{mid}`,
    "stream after attention",
    "The stream with what attention has written to it.",
    "resid_mid",
  ),
  resid_post: stream(
    String.raw`x^\text{post}`,
    "stream out of the block",
    "The stream with what the feed-forward layer has written to it, too.",
    "resid_post",
  ),
  mu: {
    tex: String.raw`\mu`,
    name: "mean of a row",
    meaning: "The mean of the numbers of one token.",
    kind: "tensor",
    shape: [["m", "T", "1"]],
    range: "any number",
    at: at("norm_1.mu"),
  },
  sigma2: {
    tex: String.raw`\sigma^2`,
    name: "variance of a row",
    meaning: "How far the numbers of one token are from their mean: the mean of the squares.",
    kind: "tensor",
    shape: [["m", "T", "1"]],
    range: "at least 0",
    at: at("norm_1.sigma2"),
  },
  x_hat: stream(
    String.raw`\hat x`,
    "normed row",
    "The numbers of one token, with mean 0 and variance 1.",
    "norm_1.x_hat",
  ),
  gamma: learned(
    String.raw`\gamma`,
    "scale",
    "By how much each normed number is multiplied; learnt.",
    "norm_1.gamma",
  ),
  beta_norm: {
    ...learned(
      String.raw`\beta`,
      "shift",
      "What is added to each normed number; learnt.",
      "norm_1.beta",
    ),
    code: "beta",
  },
  z: {
    tex: "z",
    name: "sums of the units",
    meaning: "What each unit of the feed-forward layer makes of a token, before its activation.",
    kind: "tensor",
    shape: [["m", "T", "d_ff"]],
    range: "any numbers",
    at: at("ffn.z"),
  },
  a: {
    tex: "a",
    name: "activations of the units",
    meaning: "How strongly each unit of the feed-forward layer answers to a token.",
    kind: "tensor",
    shape: [["m", "T", "d_ff"]],
    range: "at least 0, with ReLU",
    at: at("ffn.a"),
  },
} satisfies Symbols;
