import * as tf from "../models/tf.ts";
import type { OptimiserName } from "./lab.ts";

/** One step's circumstances. `step` counts from 1. */
export interface OptimiserSettings {
  readonly learningRate: number;
  readonly step: number;
}

/** A parameter θ and what its optimiser remembers of it, after a step. */
export interface Updated {
  readonly parameter: tf.Tensor;
  readonly slots: Readonly<Record<string, tf.Tensor>>;
}

/**
 * A rule that makes of a parameter and its gradient the next parameter. A slot has the parameter's
 * shape and starts as zeros. `update` is pure; the caller tidies what it leaves in between. The rules
 * are those of PyTorch's `torch.optim`, with its default constants.
 */
export interface Optimiser {
  readonly slots: readonly string[];
  update(
    parameter: tf.Tensor,
    gradient: tf.Tensor,
    slots: Readonly<Record<string, tf.Tensor>>,
    settings: OptimiserSettings,
  ): Updated;
}

/** Gradient descent: θ ← θ − η ∂L/∂θ. Cauchy 1847; stochastic: Robbins & Monro 1951. */
// #region sgd
const sgd = {
  slots: [],
  update(theta, gradient, _slots, { learningRate }) {
    return { parameter: theta.sub(gradient.mul(learningRate)), slots: {} };
  },
} satisfies Optimiser;
// #endregion

/** A heavy ball: m ← μ m + g, θ ← θ − η m. Polyak 1964; in this form Sutskever et al. 2013. */
// #region momentum
const momentum = {
  slots: ["m"],
  update(theta, g, slots: Record<"m", tf.Tensor>, { learningRate }) {
    const mu = 0.9;
    const m = slots.m.mul(mu).add(g);
    return { parameter: theta.sub(m.mul(learningRate)), slots: { m } };
  },
} satisfies Optimiser;
// #endregion

/** Each entry's own pace: v ← α v + (1 − α) g², θ ← θ − η g / (√v + ε). Tieleman & Hinton 2012. */
// #region rmsprop
const rmsprop = {
  slots: ["v"],
  update(theta, g, slots: Record<"v", tf.Tensor>, { learningRate }) {
    const [alpha, epsilon] = [0.99, 1e-8];
    const v = slots.v.mul(alpha).add(g.square().mul(1 - alpha));
    const direction = g.div(v.sqrt().add(epsilon));
    return { parameter: theta.sub(direction.mul(learningRate)), slots: { v } };
  },
} satisfies Optimiser;
// #endregion

/**
 * Both, each corrected for its start at zero: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
 * θ ← θ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). Kingma & Ba 2015, algorithm 1.
 */
// #region adam
const adam = {
  slots: ["m", "v"],
  update(theta, g, slots: Record<"m" | "v", tf.Tensor>, { learningRate, step }) {
    const [beta_1, beta_2, epsilon] = [0.9, 0.999, 1e-8];
    const m = slots.m.mul(beta_1).add(g.mul(1 - beta_1));
    const v = slots.v.mul(beta_2).add(g.square().mul(1 - beta_2));
    const m_hat = m.div(1 - beta_1 ** step);
    const v_hat = v.div(1 - beta_2 ** step);
    const direction = m_hat.div(v_hat.sqrt().add(epsilon));
    return { parameter: theta.sub(direction.mul(learningRate)), slots: { m, v } };
  },
} satisfies Optimiser;
// #endregion

export const optimisers = { sgd, momentum, rmsprop, adam } satisfies Record<
  OptimiserName,
  Optimiser
> as Readonly<Record<OptimiserName, Optimiser>>;

/**
 * The gradients, all shortened by one factor if the vector they form together is longer than `max`
 * (above 0): g ← g · max / ‖g‖. Pascanu et al. 2013, algorithm 1. The caller tidies.
 */
// #region clipByGlobalNorm
export function clipByGlobalNorm(
  gradients: Readonly<Record<string, tf.Tensor>>,
  max: number,
): Record<string, tf.Tensor> {
  const squares = Object.values(gradients).map((g) => g.square().sum());
  const norm = tf.addN(squares).sqrt();
  const factor = tf.div(max, norm.maximum(max));
  return Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, g.mul(factor)]));
}
// #endregion
