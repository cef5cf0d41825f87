import * as tf from "../models/tf.ts";

/**
 * Mean squared error: L = (1/m) Σᵢ (ŷᵢ − yᵢ)².
 *
 * `y_hat` and `y` have one shape, any (`[]`, `[m]`, …). At least 0; 0 only where every ŷ is y.
 * Widrow & Hoff 1960, "Adaptive switching circuits"; Goodfellow et al. 2016, eq. 5.4.
 */
// #region squaredError
export function squaredError(y_hat: tf.Tensor, y: tf.Tensor): tf.Scalar {
  return tf.mean(tf.square(y_hat.sub(y)));
}
// #endregion

/**
 * Binary cross-entropy of ŷ = σ(z): L = −(1/m) Σᵢ [yᵢ ln ŷᵢ + (1 − yᵢ) ln(1 − ŷᵢ)].
 *
 * Taken from the logits `z`, because ln σ(z) is −∞ in float32 as soon as σ(z) rounds to 0. With
 * ln σ(z) = z − ln(1 + eᶻ) each term is ln(1 + eᶻ) − z·y, and ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|)
 * never takes the exponential of a positive number. Its gradient is (σ(z) − y)/m.
 *
 * `z` and `y` have one shape, any; y is between 0 and 1. L is in nats, at least 0.
 * Cox 1958; Bishop 2006, eq. 4.90.
 */
// #region binaryCrossEntropy
export function binaryCrossEntropy(z: tf.Tensor, y: tf.Tensor): tf.Scalar {
  const softplus = tf.relu(z).add(tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
  return tf.mean(softplus.sub(z.mul(y)));
}
// #endregion

/**
 * The perceptron criterion: L = (1/m) Σᵢ (ŷᵢ − yᵢ) zᵢ, with ŷ = step(z).
 *
 * A right answer costs nothing; a wrong one costs |z|, its distance from the line times |w|. The step
 * is flat, so ŷ passes no gradient on, and ∂L/∂w for one example is (ŷ − y) x: descending it at
 * learning rate 1 is Rosenblatt's rule, w ← w + (y − ŷ) x.
 *
 * `z`, `y_hat` and `y` have one shape, any; ŷ and y are 0 or 1. L is at least 0.
 * Rosenblatt 1958; Bishop 2006, eq. 4.54 (there a sum over targets ±1, here a mean over 0 and 1).
 */
// #region perceptronCriterion
export function perceptronCriterion(z: tf.Tensor, y_hat: tf.Tensor, y: tf.Tensor): tf.Scalar {
  return tf.mean(y_hat.sub(y).mul(z));
}
// #endregion

/**
 * Cross-entropy of softmax(z): L = −(1/m) Σᵢ Σₖ yᵢₖ ln softmax(zᵢ)ₖ.
 *
 * `logits` and `oneHot` are `[k]` or `[…, k]`, classes last; each row of `oneHot` sums to 1. L is in
 * nats, at least 0. ln softmax(z) = z − max(z) − ln Σ e^(z − max(z)), so no exponential overflows.
 * Bishop 2006, eq. 4.108.
 */
// #region crossEntropy
export function crossEntropy(logits: tf.Tensor, oneHot: tf.Tensor): tf.Scalar {
  const perExample = tf.neg(tf.sum(oneHot.mul(tf.logSoftmax(logits)), -1));
  return tf.mean(perExample);
}
// #endregion
