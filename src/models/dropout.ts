import { untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

/**
 * Inverted dropout: ã = a ∘ mask / (1 − p), mask = 1 where u ≥ p, else 0. Each entry is left out with
 * probability p, and those that stay grow, so that the mean over all masks is a.
 *
 * `a` has any shape, and `u`, uniform on [0, 1), the same one. Without `u` nothing is left out: that is
 * how a model is used once it is trained. p is from 0, below 1. Taps mask and a_tilde, shaped as a.
 *
 * Srivastava et al. 2014, § 4, scaled in training as in § 10 and in PyTorch's `nn.Dropout`.
 */
// #region dropout
export function dropout(a: tf.Tensor, p: number, u: tf.Tensor | undefined, tap = untapped) {
  if (u === undefined) return a;
  const mask = tap("mask", u.greaterEqual(p).toFloat()); // 1 with probability 1 − p
  return tap("a_tilde", a.mul(mask).div(1 - p));
}
// #endregion
