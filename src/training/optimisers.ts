import * as tf from "../models/tf.ts";
import type { OptimiserName } from "./lab.ts";

/** One step's circumstances. `step` counts from 1. */
export interface OptimiserSettings {
  readonly learningRate: number;
  readonly step: number;
  /** The gradient's greatest norm; 0 (the default) leaves it as it is. */
  readonly clipNorm?: number;
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
  /** The numbers of this step's formula that are not the same at every step. */
  numbers(settings: OptimiserSettings): Readonly<Record<string, number>>;
  /** `numbers` may be tensors, so that the same kernels serve every step. */
  update(
    parameter: tf.Tensor,
    gradient: tf.Tensor,
    slots: Readonly<Record<string, tf.Tensor>>,
    numbers: Readonly<Record<string, number | tf.Tensor>>,
  ): Updated;
}

type Numbers<K extends string> = Readonly<Record<K, number | tf.Tensor>>;

/** Gradient descent: θ ← θ − η ∂L/∂θ. Cauchy 1847; stochastic: Robbins & Monro 1951. */
// #region sgd
const sgd = {
  slots: [],
  numbers: ({ learningRate }) => ({ learningRate }),
  update(theta, gradient, _slots, { learningRate }: Numbers<"learningRate">) {
    return { parameter: theta.sub(gradient.mul(learningRate)), slots: {} };
  },
} satisfies Optimiser;
// #endregion

/** A heavy ball: m ← μ m + g, θ ← θ − η m. Polyak 1964; in this form Sutskever et al. 2013. */
// #region momentum
const momentum = {
  slots: ["m"],
  numbers: ({ learningRate }) => ({ learningRate }),
  update(theta, g, slots: Record<"m", tf.Tensor>, { learningRate }: Numbers<"learningRate">) {
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
  numbers: ({ learningRate }) => ({ learningRate }),
  update(theta, g, slots: Record<"v", tf.Tensor>, { learningRate }: Numbers<"learningRate">) {
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
const [beta_1, beta_2] = [0.9, 0.999];
const adam = {
  slots: ["m", "v"],
  numbers: ({ learningRate, step }) => ({
    learningRate,
    correction_m: 1 - beta_1 ** step,
    correction_v: 1 - beta_2 ** step,
  }),
  update(
    theta,
    g,
    slots: Record<"m" | "v", tf.Tensor>,
    {
      learningRate,
      correction_m,
      correction_v,
    }: Numbers<"learningRate" | "correction_m" | "correction_v">,
  ) {
    const m = slots.m.mul(beta_1).add(g.mul(1 - beta_1));
    const v = slots.v.mul(beta_2).add(g.square().mul(1 - beta_2));
    const m_hat = m.div(correction_m);
    const v_hat = v.div(correction_v);
    const direction = m_hat.div(v_hat.sqrt().add(1e-8));
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
 * (above 0, or a scalar tensor): g ← g · max / ‖g‖. Pascanu et al. 2013, algorithm 1. The caller tidies.
 */
// #region clipByGlobalNorm
export function clipByGlobalNorm(
  gradients: Readonly<Record<string, tf.Tensor>>,
  max: number | tf.Tensor,
): Record<string, tf.Tensor> {
  const squares = Object.values(gradients).map((g) => g.square().sum());
  const norm = tf.addN(squares).sqrt();
  const factor = tf.div(max, tf.maximum(norm, max));
  return Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, g.mul(factor)]));
}
// #endregion
