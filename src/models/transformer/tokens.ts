import { oneHot } from "../embedding.ts";
import { inPart, named } from "../named.ts";
import type { ParameterSpec, Tensors } from "../program.ts";
import { untapped } from "../tap.ts";
import * as tf from "../tf.ts";
import { rowsTimes, withBias } from "./attention.ts";

/**
 * From so many tokens on, rows are looked up instead of multiplied out. The two are equal, and so are
 * their gradients; the product of a one-hot row shows what an embedding is, but costs V·d multiplications
 * a token, and a look-up none.
 */
export const largeVocabulary = 256;

/**
 * The embedding: token k becomes row k of W_E, which is its one-hot row times E. With a large vocabulary
 * the row is looked up. `tokens` is `[B, T]`, W_E `[V, d]`; the result `[B, T, d]`. Taps one_hot `[B, T, V]`
 * where there is one.
 */
// #region tokenEmbedding
export function tokenEmbedding(W_E: tf.Tensor, tokens: tf.Tensor, tap = untapped): tf.Tensor {
  const V = W_E.shape[0] as number;
  if (V >= largeVocabulary) return tf.gather(W_E, tokens.toInt()); // [B, T, d]
  const one_hot = tap("one_hot", oneHot(tokens, V)); // [B, T, V]
  return rowsTimes(one_hot, W_E); // [B, T, d]
}
// #endregion

/**
 * The unembedding: from the stream to a number for each token of the vocabulary, logits = x W_U + b_U.
 * Without a matrix of its own it is the embedding's, transposed (Press & Wolf 2017). `[…, d]` gives `[…, V]`.
 */
// #region unembedding
export function unembedding(
  { W_U, b_U }: { readonly W_U: tf.Tensor; readonly b_U?: tf.Tensor | undefined },
  x: tf.Tensor,
): tf.Tensor {
  return withBias(rowsTimes(x, W_U), b_U); // [B, T, V]
}
// #endregion

/** The V·d parameters of an embedding, named W_E within `part`. */
export function tokenParameters(
  part: string,
  V: number,
  d: number,
  deviation: number,
): Record<string, ParameterSpec> {
  return { [inPart(part)("W_E")]: { shape: [V, d], initial: { kind: "normal", deviation } } };
}

/** The d·V parameters of an unembedding, named W_U and b_U; it starts as PyTorch's `nn.Linear` does, its bias 0. */
export function unembeddingParameters(
  V: number,
  d: number,
  biases: boolean,
): Record<string, ParameterSpec> {
  return {
    W_U: { shape: [d, V], initial: { kind: "uniform", limit: 1 / Math.sqrt(d) } },
    ...(biases && { b_U: { shape: [V], initial: { kind: "constant", value: 0 } } }),
  };
}

/** The model's unembedding: its own, or else that of the embedding W_E, `[V, d]`. */
export function unembeddingOf(parameters: Tensors, tied: boolean) {
  if (tied) return { W_U: named(parameters, "W_E").transpose() };
  return { W_U: named(parameters, "W_U"), b_U: parameters.b_U };
}
