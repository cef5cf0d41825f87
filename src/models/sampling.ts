import type * as tf from "./tf.ts";

/**
 * A choice among V by their probabilities: the first k with p₀ + … + p_k > u, which is k with probability
 * p_k when u is uniform on [0, 1). The inverse of the cumulative distribution; Devroye 1986, § III.2.
 *
 * `p` is `[B, V]`, `u` is `[B]`; the indices are `[B]`.
 */
// #region sample
export function sample(p: tf.Tensor, u: tf.Tensor): tf.Tensor {
  const below = p.cumsum(1).lessEqual(u.expandDims(1)); // [B, V]: is the sum up to k at most u?
  const k = below.toFloat().sum(1); // [B]
  return k.minimum((p.shape[1] as number) - 1); // rounded, the whole sum may be less than 1
}
// #endregion
