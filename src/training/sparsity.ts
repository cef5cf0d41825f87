import { type Tap, untapped } from "../models/tap.ts";
import * as tf from "../models/tf.ts";

/**
 * The L1 penalty on a code: λ Σ |h|, the mean over the examples. It draws each activation to 0, so that few
 * units answer to a picture. `h` is `[m, d]`. Goodfellow et al. 2016, eq. 14.10 to 14.13.
 */
// #region l1Sparsity
export function l1Sparsity(h: tf.Tensor, lambda: number): tf.Scalar {
  // |h| = relu(h) + relu(−h), whose slope at 0 is 0; that of TensorFlow.js's abs is −1 there.
  const sizes = tf.relu(h).add(tf.relu(h.neg())); // [m, d]
  return sizes.sum(-1).mean().mul(lambda);
}
// #endregion

/**
 * The penalty that holds each unit's mean activation ρ̂ near ρ: λ Σ KL(ρ ‖ ρ̂), with
 * KL(ρ ‖ ρ̂) = ρ log(ρ / ρ̂) + (1 − ρ) log((1 − ρ) / (1 − ρ̂)), in nats; 0 only where ρ̂ = ρ.
 *
 * `h` is `[m, d]`, each from 0 to 1 (a sigmoid); ρ is between 0 and 1. Tap rho_hat, `[d]`.
 * Ng 2011, "Sparse autoencoder", § 3.
 */
// #region klSparsity
export function klSparsity(h: tf.Tensor, rho: number, lambda: number, tap: Tap = untapped) {
  const rho_hat = tap("rho_hat", h.mean(0)); // [d]
  const inside = rho_hat.clipByValue(1e-6, 1 - 1e-6); // a unit that never answers costs much, not ∞
  const on = tf.log(inside).neg().add(Math.log(rho)).mul(rho);
  const off = tf
    .log(tf.sub(1, inside))
    .neg()
    .add(Math.log(1 - rho))
    .mul(1 - rho);
  return on.add(off).sum<tf.Scalar>().mul(lambda) as tf.Scalar;
}
// #endregion
