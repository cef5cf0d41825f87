import type { Activation } from "./activations.ts";
import { untapped } from "./tap.ts";
import * as tf from "./tf.ts";

/** The nine parameters of a 2-2-1 network, each a single number `[]`. */
export const scalarWeights = [
  "w_11",
  "w_12",
  "w_21",
  "w_22",
  "b_1",
  "b_2",
  "v_1",
  "v_2",
  "c",
] as const;

export type ScalarNetwork = Readonly<Record<(typeof scalarWeights)[number], tf.Tensor>>;

/**
 * A 2-2-1 network, number by number: pᵢⱼ = wᵢⱼ xⱼ, zᵢ = pᵢ₁ + pᵢ₂ + bᵢ, aᵢ = g(zᵢ), qᵢ = vᵢ aᵢ,
 * z = q₁ + q₂ + c, ŷ = f(z). Every one of them is tapped, so that a gradient can be followed through.
 *
 * `inputs` is one example `[2]` or a batch `[m, 2]`; each quantity is then `[]` or `[m]`.
 * Rumelhart, Hinton & Williams 1986.
 */
// #region scalarNetwork
export function scalarNetwork(
  weights: ScalarNetwork,
  inputs: tf.Tensor,
  { g, f }: { readonly g: Activation; readonly f: Activation },
  tap = untapped,
) {
  const { w_11, w_12, w_21, w_22, b_1, b_2, v_1, v_2, c } = weights;
  const [x_1, x_2] = coordinates(inputs, tap);
  const p_11 = tap("p_11", w_11.mul(x_1));
  const p_12 = tap("p_12", w_12.mul(x_2));
  const p_21 = tap("p_21", w_21.mul(x_1));
  const p_22 = tap("p_22", w_22.mul(x_2));
  const z_1 = tap("z_1", p_11.add(p_12).add(b_1));
  const z_2 = tap("z_2", p_21.add(p_22).add(b_2));
  const a_1 = tap("a_1", g(z_1));
  const a_2 = tap("a_2", g(z_2));
  const q_1 = tap("q_1", v_1.mul(a_1));
  const q_2 = tap("q_2", v_2.mul(a_2));
  const z = tap("z", q_1.add(q_2).add(c));
  const y_hat = tap("y_hat", f(z));
  return { z_1, z_2, z, y_hat };
}
// #endregion

function coordinates(inputs: tf.Tensor, tap = untapped): [tf.Tensor, tf.Tensor] {
  const [x_1, x_2] = inputs.unstack(inputs.rank - 1) as [tf.Tensor, tf.Tensor];
  return [tap("x_1", x_1), tap("x_2", x_2)]; // [] or [m] each
}

/** The slope g′(z) of an activation function, entry by entry: any shape. */
// #region slope
export function slope(g: Activation, z: tf.Tensor): tf.Tensor {
  return tf.grad((at) => g(at))(z);
}
// #endregion
