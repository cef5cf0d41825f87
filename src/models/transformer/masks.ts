import * as tf from "../tf.ts";

/** What is added to a score that does not count: e to that power is 0 beside any score that does. */
const unreachable = -30_000;

/**
 * Which keys a query may look at, so that none looks ahead: M_ij = 1 where j ≤ i, else 0. `[T, T]`.
 *
 * Vaswani et al. 2017, § 3.2.3.
 */
// #region causalMask
export function causalMask(T: number): tf.Tensor {
  const i = tf.range(0, T).expandDims(1); // [T, 1], the query's place
  const j = tf.range(0, T).expandDims(0); // [1, T], the key's
  return j.lessEqual(i).toFloat(); // [T, T]
}
// #endregion

/**
 * Which keys are words and not filling: M_j = 1 where the token is not `padding`, for every head and
 * query alike. `tokens` is `[B, T]`, the mask `[B, 1, 1, T]`.
 */
// #region paddingMask
export function paddingMask(tokens: tf.Tensor, padding: number): tf.Tensor {
  return tokens.notEqual(padding).toFloat().expandDims(1).expandDims(1); // [B, 1, 1, T]
}
// #endregion

/** A key counts only where every mask lets it: their product. Undefined where there is none. */
export function bothMasks(
  one: tf.Tensor | undefined,
  other: tf.Tensor | undefined,
): tf.Tensor | undefined {
  return one && other ? one.mul(other) : (one ?? other);
}

/**
 * The softmax over the keys that the mask lets through: A_ij = M_ij e^S_ij / Σ_j M_ij e^S_ij. Rows sum
 * to 1. What M hides is 0 to the bit, for to add −30,000 leaves nothing of e^S in float32; where a mask
 * hides every key, it hides none.
 *
 * S is `[…, T, T′]`; the entries of M are 0 or 1, its shape one that broadcasts to that of S.
 */
// #region maskedSoftmax
export function maskedSoftmax(S: tf.Tensor, M?: tf.Tensor): tf.Tensor {
  if (!M) return S.softmax();
  return S.add(tf.sub(1, M).mul(unreachable)).softmax();
}
// #endregion
