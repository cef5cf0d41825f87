import { epsilon, type LayerNorm, layerNorm } from "../normalisation.ts";
import type * as tf from "../tf.ts";
import { rowsTimes } from "./attention.ts";

/**
 * The logit lens: the stream anywhere in the model, read as if it were its end. The last norm and the
 * unembedding say which tokens it speaks of so far. `resid` `[…, T, d]` and W_U `[d, V]` give `[…, T, V]`.
 *
 * nostalgebraist 2020, "interpreting GPT: the logit lens".
 */
// #region logitLens
export function logitLens(norm_f: LayerNorm, W_U: tf.Tensor, resid: tf.Tensor): tf.Tensor {
  return rowsTimes(layerNorm(norm_f, resid), W_U); // […, T, V]
}
// #endregion

/**
 * What a vector in the stream adds to a logit, one number for each of its entries: written(x) = x · w. The
 * last norm takes the mean off and divides by the root of the variance, which is a number that the whole
 * stream has made; with that number held, all is linear, and the parts of the stream give parts of the
 * logit that sum to it exactly (γ and β being the norm's own).
 *
 * `u` `[d]` is the token's column of W_U, or a difference of two; sigma2, the variance of the last stream at
 * this place, a single number. Elhage et al. 2021, "logit attribution".
 */
// #region attribution
export function readingDirection({ gamma }: LayerNorm, u: tf.Tensor, sigma2: tf.Tensor): tf.Tensor {
  const g = gamma.mul(u); // [d]
  const w = g.sub(g.mean()).div(sigma2.add(epsilon).sqrt()); // [d]
  return w;
}
// #endregion

/** What a head is looked at by: what it has gathered and shares out, and how it writes. */
export interface HeadRun {
  /** `[1, h, T, T]`. */
  readonly A: tf.Tensor;
  /** `[1, h, T, d_head]`. */
  readonly V: tf.Tensor;
  /** `[h, d_head, d]`. */
  readonly W_O: tf.Tensor;
}

/**
 * How much each head of a layer adds through each token that it looks at: A_ts · (v_s W_O · w), for place t,
 * one-hot `[T]`. `[h, T]`; the sum over the tokens is what the head adds.
 */
// #region throughTokens
export function throughTokens({ A, V, W_O }: HeadRun, w: tf.Tensor, t: tf.Tensor): tf.Tensor {
  const [h, d_head, d] = W_O.shape as [number, number, number];
  const T = t.shape[0] as number;
  const row = A.squeeze([0])
    .mul(t.reshape([1, T, 1]))
    .sum(1); // [h, T]
  const adds = W_O.reshape([h * d_head, d])
    .matMul(w.expandDims(1))
    .reshape([h, 1, d_head]);
  return V.squeeze([0]).mul(adds).sum(-1).mul(row); // [h, T]
}
// #endregion
