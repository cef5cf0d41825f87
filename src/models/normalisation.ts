import { named } from "./named.ts";
import type { ParameterSpec, Tensors } from "./program.ts";
import { untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

/** Added to a variance before its root is divided by: PyTorch's default. */
export const epsilon = 1e-5;
/** The share of the newest batch in the running statistics: PyTorch's default. */
const momentum = 0.1;

export interface LayerNorm {
  /** The learned scale γ, `[n]`. */
  readonly gamma: tf.Tensor;
  /** The learned shift β, `[n]`. */
  readonly beta: tf.Tensor;
}

export interface BatchNorm extends LayerNorm {
  /** The mean of what training has seen, `[n]`; recent batches count more. */
  readonly running_mean: tf.Tensor;
  /** The variance of what training has seen, `[n]`. */
  readonly running_var: tf.Tensor;
}

/**
 * Batch normalisation, each feature over the examples of the batch: x̂ = (x − μ) / √(σ² + ε),
 * y = γ x̂ + β, with ε = 1e-5.
 *
 * In training μ and σ² are those of the batch (σ² divides by m), and two more taps, `next_mean` and
 * `next_var`, are the running statistics after this batch: 0.9 of the old and 0.1 of the new, where
 * the new variance divides by m − 1. Otherwise μ and σ² are the running ones.
 *
 * `X` is a batch `[m, n]`, or out of training one example `[n]`. Taps mu, sigma2 `[n]`, x_hat and y,
 * shaped as X. A batch of one trains nothing, for its x̂ is 0: PyTorch refuses it.
 *
 * Ioffe & Szegedy 2015, algorithms 1 and 2; constants and running statistics of `nn.BatchNorm1d`.
 */
// #region batchNorm
export function batchNorm(norm: BatchNorm, X: tf.Tensor, training: boolean, tap = untapped) {
  const { gamma, beta, running_mean, running_var } = norm; // [n] each
  const mu = tap("mu", training ? X.mean(0) : running_mean); // [n]
  const sigma2 = tap("sigma2", training ? X.sub(mu).square().mean(0) : running_var); // [n]
  const x_hat = tap("x_hat", X.sub(mu).div(sigma2.add(epsilon).sqrt())); // [n] or [m, n]
  if (training) follow(norm, mu, sigma2, X.shape[0] ?? 1, tap);
  return tap("y", gamma.mul(x_hat).add(beta)); // [n] or [m, n]
}
// #endregion

/** Taps the running statistics after a batch of m examples. */
// #region runningStatistics
function follow(norm: BatchNorm, mu: tf.Tensor, sigma2: tf.Tensor, m: number, tap = untapped) {
  const unbiased = sigma2.mul(m / Math.max(m - 1, 1)); // [n]
  tap("next_mean", norm.running_mean.mul(1 - momentum).add(mu.mul(momentum))); // [n]
  tap("next_var", norm.running_var.mul(1 - momentum).add(unbiased.mul(momentum))); // [n]
}
// #endregion

/**
 * Layer normalisation, each example over its own features: x̂ = (x − μ) / √(σ² + ε), y = γ x̂ + β,
 * with ε = 1e-5. The same in training and out of it.
 *
 * `X` is one example `[n]` or a batch `[m, n]`. Taps mu, sigma2 (`[1]` or `[m, 1]`; σ² divides by n),
 * x_hat and y, shaped as X. Ba, Kiros & Hinton 2016, eq. 3 and 4; PyTorch's `nn.LayerNorm`.
 */
// #region layerNorm
export function layerNorm({ gamma, beta }: LayerNorm, X: tf.Tensor, tap = untapped) {
  const mu = tap("mu", X.mean(-1, true)); // [1] or [m, 1]
  const sigma2 = tap("sigma2", X.sub(mu).square().mean(-1, true)); // [1] or [m, 1]
  const x_hat = tap("x_hat", X.sub(mu).div(sigma2.add(epsilon).sqrt())); // [n] or [m, n]
  return tap("y", gamma.mul(x_hat).add(beta)); // [n] or [m, n]
}
// #endregion

export const normalisationNames = ["none", "batch", "layer"] as const;
export type NormalisationName = (typeof normalisationNames)[number];

/** The parameters of a normalisation of n features, named within `part`: it starts as x̂ itself. */
export function normalisationParameters(
  kind: NormalisationName,
  part: string,
  n: number,
): Record<string, ParameterSpec> {
  const filled = (value: number): ParameterSpec => ({
    shape: [n],
    initial: { kind: "constant", value },
  });
  if (kind === "none") return {};
  const learned = { [`${part}.gamma`]: filled(1), [`${part}.beta`]: filled(0) };
  if (kind === "layer") return learned;
  return { ...learned, [`${part}.running_mean`]: filled(0), [`${part}.running_var`]: filled(1) };
}

/** Which tap each running statistic follows, for `Program.follows`. */
export function normalisationFollows(
  kind: NormalisationName,
  part: string,
): Record<string, string> {
  if (kind !== "batch") return {};
  return {
    [`${part}.running_mean`]: `${part}.next_mean`,
    [`${part}.running_var`]: `${part}.next_var`,
  };
}

/**
 * The normalisation of `z` by the parameters named within `part`; z itself for `none`. `training` says
 * whether batch normalisation uses the statistics of the batch itself.
 */
export function normalised(
  kind: NormalisationName,
  part: string,
  parameters: Tensors,
  z: tf.Tensor,
  training: boolean,
  tap = untapped,
): tf.Tensor {
  if (kind === "none") return z;
  const own = (name: string) => named(parameters, `${part}.${name}`);
  const learned = { gamma: own("gamma"), beta: own("beta") };
  if (kind === "layer") return layerNorm(learned, z, tap);
  const running = { running_mean: own("running_mean"), running_var: own("running_var") };
  return batchNorm({ ...learned, ...running }, z, training, tap);
}
