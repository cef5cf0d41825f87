import type { Symbols } from "../../src/book/symbols.ts";

const weights = (letter: string, name: string, meaning: string, shape: readonly string[]) => ({
  tex: `W_${letter}`,
  name,
  meaning,
  kind: "tensor" as const,
  shape: [shape],
  range: "any numbers",
});

/** Of a head of the first layer, in whatever lab has one. */
const ofHead = (letter: string, name: string, meaning: string, shape: readonly string[]) => ({
  ...weights(letter, name, meaning, shape),
  at: { name: `blocks.0.attn.W_${letter}`, config: {} },
});

/**
 * The symbols that several labs of this chapter share. Dimensions here and in the labs' own symbols: B
 * sequences, T tokens, V tokens in the vocabulary, h heads, d_model numbers a token, d_head a query.
 */
export const transformerSymbols = {
  W_E: weights(
    "E",
    "embedding",
    "A row for each token: what it writes to the stream first of all.",
    ["V", "d_model"],
  ),
  W_U: weights(
    "U",
    "unembedding",
    "A column for each token: what the stream is multiplied by for its logit.",
    ["d_model", "V"],
  ),
  W_Q: ofHead("Q", "query weights", "What a head reads of the token that asks.", [
    "h",
    "d_model",
    "d_head",
  ]),
  W_K: ofHead("K", "key weights", "What a head reads of the tokens that may answer.", [
    "h",
    "d_model",
    "d_head",
  ]),
  W_V: ofHead("V", "value weights", "What a head takes along of the tokens it looks at.", [
    "h",
    "d_model",
    "d_head",
  ]),
  W_O: ofHead("O", "output weights", "How a head writes back to the stream what it took along.", [
    "h",
    "d_head",
    "d_model",
  ]),
  A: {
    tex: "A",
    name: "attention",
    meaning:
      "How each token shares its attention among those before it and itself; a row sums to 1.",
    kind: "tensor",
    shape: [["B", "h", "T", "T"]],
    range: "0 to 1",
    at: { name: "blocks.0.attn.A", config: {} },
  },
  logits: {
    tex: String.raw`\text{logits}`,
    name: "logits",
    meaning: "A number for each token that may come next; the softmax makes probabilities of them.",
    kind: "tensor",
    shape: [["B", "T", "V"]],
    range: "any numbers",
  },
} satisfies Symbols;
