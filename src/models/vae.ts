import type { ActivationName } from "./activations.ts";
import { decoded, type Part, partOf } from "./autoencoder.ts";
import { oneHot } from "./embedding.ts";
import type { Noise, Tensors } from "./program.ts";
import { stopGradient } from "./stopGradient.ts";
import { type Tap, untapped, within } from "./tap.ts";
import * as tf from "./tf.ts";

/** A normal distribution over codes, each number of its own: mean and logarithm of the variance, `[m, d]`. */
export interface CodeDistribution {
  readonly mu: tf.Tensor;
  readonly log_var: tf.Tensor;
}

/**
 * The encoder of a variational autoencoder: not a code but a distribution over codes,
 * q(z|x) = N(μ, diag σ²), with μ and log σ² the two halves of what the network answers.
 *
 * `x` is `[m, n]`; mu and log_var are `[m, d]`, both tapped. Kingma & Welling 2014, eq. 9.
 */
// #region encode
export function encode(encoder: Part, x: tf.Tensor, tap = untapped): CodeDistribution {
  const both = encoder(x, within("encoder", tap)); // [m, 2d]
  const [mu, log_var] = both.split(2, 1) as [tf.Tensor, tf.Tensor]; // [m, d] each
  return { mu: tap("mu", mu), log_var: tap("log_var", log_var) };
}
// #endregion

/**
 * The reparameterisation trick: a draw from N(μ, σ²) as z = μ + σ ⊙ ε, with ε from N(0, 1). The chance is
 * in ε, which nothing depends on, so that z has a gradient: ∂z/∂μ = 1, ∂z/∂σ = ε.
 *
 * All are `[m, d]`. Without `epsilon`, z = μ. Taps sigma, epsilon and z. Kingma & Welling 2014, § 2.4.
 */
// #region reparameterise
export function reparameterise(
  { mu, log_var }: CodeDistribution,
  epsilon: tf.Tensor | undefined,
  tap = untapped,
): tf.Tensor {
  const sigma = tap("sigma", log_var.div(2).exp()); // [m, d]
  if (!epsilon) return tap("z", mu.clone());
  return tap("z", mu.add(sigma.mul(tap("epsilon", epsilon)))); // [m, d]
}
// #endregion

/**
 * The same draw, taken plainly: a number out of a distribution, on which no gradient can flow back to μ
 * and σ. Taps as `reparameterise`.
 */
// #region plainSample
export function plainSample(
  { mu, log_var }: CodeDistribution,
  epsilon: tf.Tensor | undefined,
  tap = untapped,
): tf.Tensor {
  const constant = { mu: stopGradient(mu), log_var: stopGradient(log_var) };
  return reparameterise(constant, epsilon, tap);
}
// #endregion

/**
 * The score-function estimator: the gradient of E[f(z)] for z from N(μ, σ²), where z is a plain draw that
 * lets no gradient through: f(z) ∇ log q(z), less a baseline that no draw depends on.
 *
 * The value is `f`, `[m]`; its gradient with respect to μ and log σ² is (f − baseline) ∇ Σ log q(z), and
 * what f depends on otherwise (a decoder) keeps its own. `z` is `[m, d]`.
 * Williams 1992, eq. 11 (REINFORCE).
 */
// #region scoreFunction
export function scoreFunction(
  f: tf.Tensor,
  { mu, log_var }: CodeDistribution,
  z: tf.Tensor,
  baseline: number | tf.Tensor = 0,
): tf.Tensor {
  const squares = stopGradient(z).sub(mu).square().div(log_var.exp());
  const log_q = squares.add(log_var).sum(-1).div(-2); // [m], but for a constant
  const nothing = log_q.sub(stopGradient(log_q)); // 0, with the gradient of log q
  return f.add(stopGradient(f.sub(baseline)).mul(nothing)); // [m]
}
// #endregion

export interface VaeSettings {
  readonly pixels: number;
  /** Units of the encoder's hidden layers; the decoder has them the other way round. */
  readonly hidden: readonly number[];
  /** Numbers of a code. */
  readonly z: number;
  readonly activation: ActivationName;
  /** The classes that both parts are told, one-hot (a conditional VAE; Sohn, Lee & Yan 2015). Default 0: none. */
  readonly classes?: number;
}

/**
 * The parameters and passes of a variational autoencoder: `encoder.layers.0.W`, …, `decoder.layers.0.W`, ….
 * Where there are classes, `y` `[m]` is the number of each example's.
 */
export function vaeOf({ pixels, hidden, z, activation, classes = 0 }: VaeSettings) {
  const encoder = partOf("encoder", { sizes: [pixels + classes, ...hidden, 2 * z], activation });
  const decoder = partOf("decoder", {
    sizes: [z + classes, ...[...hidden].reverse(), pixels],
    activation,
  });
  const told = (x: tf.Tensor, y: tf.Tensor | undefined): tf.Tensor => {
    if (classes === 0) return x;
    if (!y) throw new RangeError(`Expected the class of each example: a number below ${classes}.`);
    return tf.concat([x, oneHot(y.reshape([-1]), classes)], 1); // [m, n + classes]
  };
  return {
    parameters: { ...encoder.parameters, ...decoder.parameters },
    /** What `reparameterise` needs fresh in each step: `[m, d]`, normal. */
    noise: { epsilon: { kind: "normal", shape: (examples) => [examples, z] } } satisfies Record<
      string,
      Noise
    >,
    encode: (given: Tensors, x: tf.Tensor, y?: tf.Tensor, tap: Tap = untapped) =>
      encode(encoder.of(given), told(x, y), tap),
    /** Taps those within decoder, and x_hat; `codes` is `[m, d]`. */
    decode: (given: Tensors, codes: tf.Tensor, y?: tf.Tensor, tap: Tap = untapped) =>
      decoded(decoder.of(given), told(codes, y), tap),
  };
}
