import { inPart, named } from "./named.ts";
import type { Initialiser, ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import { rowwise } from "./sequence.ts";
import { untapped } from "./tap.ts";
import * as tf from "./tf.ts";

export interface Embedding {
  /** One row a word, `[V, D]`. */
  readonly E: tf.Tensor;
}

/**
 * 1 at each index, else 0: indices of any shape `[…]` give `[…, V]`. An index that is none of 0 to V − 1
 * (−1, by custom, where a sequence has ended) gives a row of zeros.
 */
export function oneHot(indices: tf.Tensor, V: number): tf.Tensor {
  return tf.oneHot(indices.toInt(), V).toFloat();
}

/**
 * The embedding layer: word number k is given row k of E, which is the product of its one-hot row, 1 at k
 * and else 0, with E.
 *
 * `indices` is one word a row `[B]` or a sequence a row `[B, T]`. Taps one_hot, `[B, V]` or `[B, T, V]`, and
 * e, `[B, D]` or `[B, T, D]`. Bengio et al. 2003, § 2; PyTorch's `nn.Embedding`.
 */
// #region embedding
export function embedding({ E }: Embedding, indices: tf.Tensor, tap = untapped) {
  const one_hot = tap("one_hot", oneHot(indices, E.shape[0] as number)); // [B, V] or [B, T, V]
  return tap(
    "e",
    rowwise((rows) => rows.matMul(E), one_hot),
  ); // [B, D] or [B, T, D]
}
// #endregion

/** The V·D parameters of an embedding, named E within `part`. They start normal, deviation 1, as PyTorch's do. */
export function embeddingParameters(
  part: string,
  V: number,
  D: number,
  initial: Initialiser = { kind: "normal", deviation: 1 },
): Record<string, ParameterSpec> {
  return { [inPart(part)("E")]: { shape: [V, D], initial } };
}

/** The embedding within `part`. */
export function embeddingOf(parameters: Tensors, part: string): Embedding {
  return { E: named(parameters, inPart(part)("E")) };
}

/** The embedding within `part` as PyTorch's `nn.Embedding` named `module`. */
export function embeddingTorch(part: string, module = part): TorchTensor[] {
  return [{ name: inPart(module)("weight"), rows: [inPart(part)("E")] }];
}
