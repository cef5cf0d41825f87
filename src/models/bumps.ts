import { type Linear, linear } from "./linear.ts";
import { untapped, within } from "./tap.ts";
import type * as tf from "./tf.ts";

/** A network with one input, one hidden layer of 2k sigmoids, and one output. */
export interface Bumps {
  /** W `[2k, 1]` and b `[2k]`. Two neighbours, 2j and 2j + 1, make bump j. */
  readonly hidden: Linear;
  /** W `[1, 2k]` and b `[1]`. */
  readonly output: Linear;
}

/**
 * A function of one number, built of k bumps: ŷ = c + Σⱼ bumpⱼ, bumpⱼ = v₂ⱼ a₂ⱼ + v₂ⱼ₊₁ a₂ⱼ₊₁, with
 * a = σ(w x + b) and v the weights of the output, c its bias. With v₂ⱼ₊₁ = −v₂ⱼ and one steep slope w, a
 * bump stands between −b₂ⱼ/w and −b₂ⱼ₊₁/w and is v₂ⱼ high; training may leave that shape.
 *
 * `x` is one number `[]` or a batch `[m]`. Taps x, layers.0.z, layers.0.a, bumps (`[k]` or `[m, k]`) and
 * y_hat. Cybenko 1989, eq. 1: sums of this form come as near to a continuous function as one likes.
 */
// #region bumps
export function bumps({ hidden, output }: Bumps, inputs: tf.Tensor, tap = untapped) {
  const layer = within("layers.0", tap);
  const x = tap("x", inputs); // [] or [m]
  const z = layer("z", linear(hidden, x.expandDims(-1))); // [2k] or [m, 2k]
  const a = layer("a", z.sigmoid()); // [2k] or [m, 2k]
  const pairs = a.mul(output.W.squeeze([0])).reshape([...x.shape, -1, 2]); // [k, 2] or [m, k, 2]
  const bump = tap("bumps", pairs.sum(-1)); // [k] or [m, k]
  return tap("y_hat", bump.sum(-1).add(output.b.squeeze())); // [] or [m]
}
// #endregion
