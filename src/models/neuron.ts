import type { Activation } from "./activations.ts";
import { untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

export interface Neuron {
  /** The weights, `[n]`. */
  readonly w: tf.Tensor;
  /** The bias, a single number. */
  readonly b: tf.Tensor;
}

/**
 * One neuron: ŷ = g(z), z = w·x + b = Σᵢ pᵢ + b, with the contributions pᵢ = wᵢ xᵢ.
 *
 * `inputs` is one example `[n]` or a batch `[m, n]`; z and ŷ are then `[]` or `[m]`. Taps x, p, z, y_hat.
 * Rosenblatt 1958, "The perceptron"; Bishop 2006, eq. 4.52.
 */
// #region neuron
export function neuron({ w, b }: Neuron, inputs: tf.Tensor, g: Activation, tap = untapped) {
  const x = tap("x", inputs); // [n] or [m, n]
  const p = tap("p", w.mul(x)); // [n] or [m, n]
  const z = tap("z", p.sum(-1).add(b)); // [] or [m]
  const y_hat = tap("y_hat", g(z)); // [] or [m]
  return { z, y_hat };
}
// #endregion
