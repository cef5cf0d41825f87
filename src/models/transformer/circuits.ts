import * as tf from "../tf.ts";
import type { Attention } from "./attention.ts";

/**
 * What each head is as a whole, `[h, d_model, d_model]` both, of rank d_head. A query's score for a key is
 * x_q W_QK x_kᵀ; what the key's place then gives is x_k W_OV. Of W_Q, W_K, W_V and W_O only these products
 * count: any invertible matrix may be put between W_Q and W_Kᵀ, or W_V and W_O, with its inverse.
 *
 * Elhage et al. 2021, "Splitting attention head terms into circuits", with vectors as rows.
 */
// #region circuits
export function circuits({ W_Q, W_K, W_V, W_O }: Pick<Attention, "W_Q" | "W_K" | "W_V" | "W_O">) {
  const W_QK = tf.matMul(W_Q, W_K, false, true); // [h, d_model, d_model]
  const W_OV = tf.matMul(W_V, W_O); // [h, d_model, d_model]
  return { W_QK, W_OV };
}
// #endregion

/** The Frobenius norm over the last two dimensions. */
const size = (W: tf.Tensor): tf.Tensor => W.square().sum([-2, -1]).sqrt();

/**
 * How much of what `W_out` `[…, n, d]` writes is read by `W_in` `[…, d, m]`: ‖W_out W_in‖ / (‖W_out‖ ‖W_in‖),
 * Frobenius norms; from 0 (nothing) to 1, or for a matrix with itself more than chance. If one of the two is
 * turned at random in the d dimensions between them, the mean square of the score is 1/d.
 *
 * Elhage et al. 2021, "Virtual weights" and "Composition scores".
 */
// #region composition
export function composition(W_out: tf.Tensor, W_in: tf.Tensor): tf.Tensor {
  const W_virtual = tf.matMul(W_out, W_in); // […, n, m]
  const score = size(W_virtual).div(size(W_out).mul(size(W_in))); // […]
  return score;
}
// #endregion
