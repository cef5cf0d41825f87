import type { Symbols } from "../../src/book/symbols.ts";

const weights = (letter: string, name: string, meaning: string) => ({
  tex: `W_${letter}`,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["h", "d_model", "d_k"]],
  range: "any numbers",
});
const rows = (tex: string, name: string, meaning: string) => ({
  tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["m", "h", "T", "d_k"]],
  range: "any numbers",
});
const table = (tex: string, name: string, meaning: string, range: string) => ({
  tex,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [["m", "h", "T", "T"]],
  range,
});

/** The symbols of the transformer. Dimensions: m sequences, h heads, T tokens, d_model numbers a token, d_k a query. */
export const symbols = {
  W_Q: weights("Q", "query weights", "What each number of a token’s vector adds to its question."),
  W_K: weights("K", "key weights", "What each number of a token’s vector adds to its answer."),
  W_V: weights(
    "V",
    "value weights",
    "What each number of a token’s vector adds to what it contributes.",
  ),
  Q: rows("Q", "queries", "What each token asks for, a row each."),
  K: rows("K", "keys", "What each token answers to, a row each."),
  V: rows("V", "values", "What each token contributes to those that look at it, a row each."),
  QK: table("QK^\\top", "products", "How well each question fits each answer.", "any numbers"),
  S: table("S", "scores", "The products, divided by the root of their length.", "any numbers"),
  A: table(
    "A",
    "attention",
    "How each token shares its attention among the tokens; a row sums to 1.",
    "0 to 1",
  ),
  Z: rows("Z", "what was gathered", "The values, each by its share of attention."),
} satisfies Symbols;
