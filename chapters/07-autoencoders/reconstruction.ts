import { type Tap, untapped } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";

/**
 * How far pictures are from what was made of them: e = Σ (x − x̂)² of each, and the mean over all.
 * `x` and `x_hat` are `[m, n]`. Taps e `[m]` and E.
 */
// #region reconstructionError
export function reconstructionError(x: tf.Tensor, x_hat: tf.Tensor, tap: Tap = untapped) {
  const e = tap("e", x.sub(x_hat).square().sum(-1)); // [m]
  return tap("E", e.mean<tf.Scalar>()); // []
}
// #endregion
