import type { Activation } from "./activations.ts";
import { untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

export interface Layer {
  /** The weights, `[k, n]`: one row a neuron, as PyTorch stores them. */
  readonly W: tf.Tensor;
  /** The biases, `[k]`. */
  readonly b: tf.Tensor;
}

/**
 * A layer of k neurons: Ŷ = g(Z), Z = X Wᵀ + b. Row i of W and entry i of b are neuron i.
 *
 * `inputs` is one example `[n]` or a batch `[m, n]`; Z and Ŷ are then `[k]` or `[m, k]`. Taps X, Z, Y_hat.
 * Bishop 2006, eq. 5.2 and 5.3, one example a row as in PyTorch's `nn.Linear`.
 */
// #region layer
export function layer({ W, b }: Layer, inputs: tf.Tensor, g: Activation, tap = untapped) {
  const X = tap("X", inputs); // [n] or [m, n]
  const XW = X.rank === 1 ? W.dot(X) : X.matMul(W, false, true); // X Wᵀ: [k] or [m, k]
  const Z = tap("Z", XW.add(b)); // [k] or [m, k]
  const Y_hat = tap("Y_hat", g(Z)); // [k] or [m, k]
  return { Z, Y_hat };
}
// #endregion
