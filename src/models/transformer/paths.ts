import { type Tap, untapped, within } from "../tap.ts";
import * as tf from "../tf.ts";
import { type Attention, rowsTimes } from "./attention.ts";
import { maskedSoftmax } from "./masks.ts";

/** A head as what it does to the stream: which places it brings together, and what it carries from one to the other. */
export interface PathHead {
  /** `[d_model, d_head]`. */
  readonly W_Q: tf.Tensor;
  /** `[d_model, d_head]`. */
  readonly W_K: tf.Tensor;
  /** W_V W_O, `[d_model, d_model]`. */
  readonly W_OV: tf.Tensor;
}

/** The heads of a layer, one by one. */
export function headsOneByOne({ W_Q, W_K, W_V, W_O }: Attention): PathHead[] {
  const [Q, K, V, O] = [W_Q, W_K, W_V, W_O].map((all) => tf.unstack(all)) as [
    tf.Tensor[],
    tf.Tensor[],
    tf.Tensor[],
    tf.Tensor[],
  ];
  return Q.map((own, h) => ({
    W_Q: own,
    W_K: K[h] as tf.Tensor,
    W_OV: (V[h] as tf.Tensor).matMul(O[h] as tf.Tensor),
  }));
}

/**
 * What becomes of each start along every path: a path passes at most one head of each layer, and each head
 * is a function. The product Π (1 + Σ head) over the layers, multiplied out: s starts and h heads in each of
 * n layers make s (1 + h)^n paths, in this order: those that pass no head of the last layer, as they stood
 * before it; then those through its first head; and so on.
 *
 * Elhage et al. 2021, "Path Expansion Trick".
 */
// #region alongPaths
export function alongPaths<X>(
  starts: readonly X[],
  layers: readonly (readonly ((x: X) => X)[])[],
): X[] {
  let paths = [...starts];
  for (const heads of layers) {
    paths = [...paths, ...heads.flatMap((head) => paths.map(head))];
  }
  return paths;
}
// #endregion

/** The model as its paths run through it. */
export interface Expansion {
  /** What each path adds to the logits, `[paths, B, T, V]`. They sum to the logits. */
  readonly terms: tf.Tensor;
  /** The attention of each head, `[B, T, T]`, layer by layer. */
  readonly patterns: readonly (readonly tf.Tensor[])[];
}

/**
 * An attention-only model without norms and biases as a sum over paths: each start (`[B, T, d_model]`; they
 * sum to the embedding) goes to the unembedding past all heads, or through one head of some layers.
 *
 * Taps terms, and of each head, numbered from 0 as `0.1`, those of `patternByParts`. Elhage et al. 2021.
 */
// #region pathExpansion
export function pathExpansion(
  { layers, W_U }: { readonly layers: readonly PathHead[][]; readonly W_U: tf.Tensor },
  starts: readonly tf.Tensor[],
  M: tf.Tensor,
  tap = untapped,
): Expansion {
  let streams = [...starts]; // one a path, each [B, T, d_model]
  const patterns: tf.Tensor[][] = [];
  for (const [l, heads] of layers.entries()) {
    const own = heads.map((head, h) => {
      const A = patternByParts(head, streams, M, within(`${l}.${h}`, tap)); // [B, T, T]
      return { A, moved: streams.map((x) => A.matMul(rowsTimes(x, head.W_OV))) };
    });
    streams = [...streams, ...own.flatMap(({ moved }) => moved)];
    patterns.push(own.map(({ A }) => A));
  }
  const terms = tap("terms", tf.stack(streams.map((x) => rowsTimes(x, W_U)))); // [paths, B, T, V]
  return { terms, patterns };
}
// #endregion

/**
 * A head's attention, its scores being sums too: what came to the place that looks on each path, times what
 * came to the place looked at on each path. Softmax of the sum.
 *
 * Taps S_parts `[B, P, T, P, T]` (the query's path and place, the key's path and place), kept `[P, P]` (ones:
 * by what is put in its place the parts are scaled, and 0 takes one out) and A `[B, T, T]`. Elhage et al. 2021,
 * "Path expansion of attention scores".
 */
// #region patternByParts
function patternByParts({ W_Q, W_K }: PathHead, streams: tf.Tensor[], M: tf.Tensor, tap: Tap) {
  const x = tf.stack(streams, 1); // [B, P, T, d_model]
  const [B, P, T] = x.shape as [number, number, number];
  const d_head = W_Q.shape[1] as number;
  const Q = rowsTimes(x, W_Q).reshape([B, P * T, d_head]);
  const K = rowsTimes(x, W_K).reshape([B, P * T, d_head]);
  const QK = Q.matMul(K, false, true).div(Math.sqrt(d_head)); // [B, P·T, P·T]
  const S_parts = tap("S_parts", QK.reshape([B, P, T, P, T]));
  const kept = tap("kept", tf.ones([P, P]));
  const S = S_parts.mul(kept.reshape([P, 1, P, 1])).sum([1, 3]); // [B, T, T]
  return tap("A", maskedSoftmax(S, M)); // [B, T, T]
}
// #endregion
