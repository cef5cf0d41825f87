import type { Symbols } from "../../src/book/symbols.ts";
import { blockSymbols } from "./blockSymbols.ts";
import { gptSymbols } from "./gptSymbols.ts";
import { positionsSymbols } from "./positionsSymbols.ts";
import { tokensSymbols } from "./tokensSymbols.ts";
import { translationSymbols } from "./translationSymbols.ts";

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
  M: {
    tex: "M",
    name: "mask",
    meaning: "Which keys a query may look at.",
    kind: "tensor",
    shape: [
      ["T", "T"],
      ["m", "one", "one", "T"],
    ],
    range: "1: may look; 0: may not",
  },
  concat: {
    tex: "C",
    name: "heads side by side",
    meaning: "What all heads of a layer have gathered, in one row for each token.",
    kind: "tensor",
    shape: [["m", "T", "h d_k"]],
    range: "any numbers",
  },
  W_O: {
    tex: "W_O",
    name: "output weights",
    meaning: "How what a head has gathered is written back to the stream.",
    kind: "tensor",
    shape: [["h", "d_k", "d_model"]],
    range: "any numbers",
  },
  out: {
    tex: "\\text{out}",
    name: "what attention adds",
    meaning: "What all heads together write, a row for each token.",
    kind: "tensor",
    shape: [["m", "T", "d_model"]],
    range: "any numbers",
  },
  gate: {
    tex: "g",
    name: "gate of a head",
    meaning: "What the head has gathered is multiplied by this: 0 takes it out.",
    kind: "tensor",
    shape: [["h", "one", "one"]],
    range: "1, or what you set",
    at: { name: "blocks.0.attn.gate", config: { from: 1 } },
  },
  ...blockSymbols,
  ...translationSymbols,
  ...tokensSymbols,
  ...positionsSymbols,
  ...gptSymbols,
} satisfies Symbols;
