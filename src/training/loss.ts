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

/**
 * Categorical cross-entropy: L = −(1/m) Σᵢ ln softmax(zᵢ)_yᵢ, where yᵢ is the number of the right class.
 *
 * `logits` is `[k]` or `[m, k]`, and `classes` `[]` or `[m]`, whole numbers from 0 to k − 1. Its gradient
 * at the logits is (softmax(z) − oneHot(y))/m. In nats, at least 0. Bishop 2006, eq. 4.108 and 4.109.
 */
// #region categoricalCrossEntropy
export function categoricalCrossEntropy(logits: tf.Tensor, classes: tf.Tensor): tf.Scalar {
  const k = logits.shape.at(-1) as number;
  const oneHot = tf.oneHot(classes.round().toInt(), k).toFloat(); // [k] or [m, k]
  return crossEntropy(logits, oneHot);
}
// #endregion

/**
 * Cross-entropy over the places of sequences where something is asked:
 * L = −Σ ln softmax(z)_y / n, the sum over the n places whose y is not −1.
 *
 * `logits` is `[B, T, V]`, `y` `[B, T]`: tokens from 0 to V − 1, or −1 where nothing is to be said (past a
 * sentence's end, or where nobody could know). In nats, at least 0; 0 where nothing is asked at all.
 * PyTorch's `cross_entropy` with `ignore_index=-1`.
 */
// #region tokenCrossEntropy
export function tokenCrossEntropy(logits: tf.Tensor, y: tf.Tensor): tf.Scalar {
  const V = logits.shape.at(-1) as number;
  const oneHot = tf.oneHot(y.round().toInt(), V).toFloat(); // [B, T, V]; zeros where y is −1
  const surprise = oneHot.mul(tf.logSoftmax(logits)).sum().neg();
  return surprise.div(oneHot.sum().maximum(1));
}
// #endregion

/** The share of the places where something is asked (y not −1) at which the likeliest token is the right one. */
export function tokenAccuracy(logits: tf.Tensor, y: tf.Tensor): tf.Scalar {
  const asked = y.greaterEqual(0).toFloat(); // [B, T]
  const right = logits.argMax(-1).toFloat().equal(y).toFloat(); // [B, T]
  return right.mul(asked).sum().div(asked.sum().maximum(1));
}

/**
 * The L2 penalty: R = λ/2 Σ w², over all entries of all weights. It adds λ w to the gradient at w: what
 * PyTorch's `weight_decay=λ` does in `torch.optim.SGD` and `Adam` (not in `AdamW`, which shrinks the
 * weights outside of the gradient; Loshchilov & Hutter 2019). PyTorch decays biases too, unless they are
 * in a parameter group of their own.
 *
 * λ is at least 0. Hoerl & Kennard 1970; Goodfellow et al. 2016, eq. 7.1 to 7.5.
 */
// #region l2Penalty
export function l2Penalty(weights: readonly tf.Tensor[], lambda: number): tf.Scalar {
  const squares = weights.map((W) => W.square().sum<tf.Scalar>());
  return tf.addN(squares).mul(lambda / 2);
}
// #endregion

/**
 * The L1 penalty: R = λ Σ |w|, over all entries of all weights. It adds λ sign(w) to the gradient at w,
 * so every weight is drawn to 0 by the same force, and those that do not resist become 0.
 *
 * λ is at least 0. Tibshirani 1996; Goodfellow et al. 2016, eq. 7.18 to 7.20.
 */
// #region l1Penalty
export function l1Penalty(weights: readonly tf.Tensor[], lambda: number): tf.Scalar {
  // |w| = relu(w) + relu(−w), whose slope at 0 is 0; that of TensorFlow.js's abs is −1 there.
  const sizes = weights.map((W) => tf.relu(W).add(tf.relu(W.neg())).sum<tf.Scalar>());
  return tf.addN(sizes).mul(lambda);
}
// #endregion
