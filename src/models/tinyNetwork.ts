import type * as tf from "./tf.ts";

/**
 * A 1-2-1 network with one set of weights a row: f(x) = v₁ tanh(w₁ x + b₁) + v₂ tanh(w₂ x + b₂) + c.
 *
 * `theta` is `[g, 7]`, in each row w₁, w₂, b₁, b₂, v₁, v₂, c; `x` is `[]` or `[m]`. The result is `[g, 1]`
 * or `[g, m]`: what each set of weights answers to each example.
 */
// #region tinyNetwork
export function tinyNetwork(theta: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const columns = theta.split(7, 1); // [g, 1] each
  const [w_1, w_2, b_1, b_2, v_1, v_2, c] = columns as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const a_1 = w_1.mul(x).add(b_1).tanh(); // [g, m]
  const a_2 = w_2.mul(x).add(b_2).tanh(); // [g, m]
  return v_1.mul(a_1).add(v_2.mul(a_2)).add(c); // [g, m]
}
// #endregion
