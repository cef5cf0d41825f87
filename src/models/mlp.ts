import type { Activation } from "./activations.ts";
import { type Linear, linear } from "./linear.ts";
import { type Tap, untapped, within } from "./tap.ts";
import type * as tf from "./tf.ts";

/** A step that may stand in a hidden layer. */
type Step = (value: tf.Tensor, tap: Tap) => tf.Tensor;

const unchanged: Step = (value) => value;

export interface Hidden extends Linear {
  /** The activation function. */
  readonly g: Activation;
  /** Between z and the activation: a normalisation. */
  readonly norm?: Step;
  /** After the activation: dropout. */
  readonly drop?: Step;
}

export interface Mlp {
  readonly hidden: readonly Hidden[];
  readonly output: Linear;
}

/**
 * The multilayer perceptron: a⁰ = x, zⁱ = aⁱ⁻¹ Wᵢᵀ + bᵢ, aⁱ = g(zⁱ) for each hidden layer, and last the
 * logits, a linear layer without activation. Without hidden layers it is that layer alone.
 *
 * `x` is one example `[n]` or a batch `[m, n]`, the logits `[k]` or `[m, k]`. Taps `layers.0.z`,
 * `layers.0.a`, …, and logits; those of norm and drop within the layer's name.
 *
 * Rumelhart, Hinton & Williams 1986, eq. 1 and 2; Goodfellow et al. 2016, eq. 6.40 and 6.41.
 */
// #region mlp
export function mlp({ hidden, output }: Mlp, x: tf.Tensor, tap = untapped) {
  let a = x; // [n] or [m, n]
  for (const [i, { W, b, g, norm = unchanged, drop = unchanged }] of hidden.entries()) {
    const part = within(`layers.${i}`, tap);
    const z = part("z", linear({ W, b }, a)); // [k_i] or [m, k_i]
    a = drop(part("a", g(norm(z, part))), part); // [k_i] or [m, k_i]
  }
  return tap("logits", linear(output, a)); // [k] or [m, k]
}
// #endregion
