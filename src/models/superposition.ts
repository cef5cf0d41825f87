import type { ParameterSpec } from "./program.ts";
import { type Tap, untapped } from "./tap.ts";
import * as tf from "./tf.ts";

/** Several toy models side by side: `W` `[k, m, n]` has their features as columns, `b` is `[k, n]`. */
export interface ToyModels {
  readonly W: tf.Tensor;
  readonly b: tf.Tensor;
}

/** So many models of n features in m dimensions, their weights small and random. */
export function toyParameters(
  k: number,
  m: number,
  n: number,
): Readonly<Record<"W" | "b", ParameterSpec>> {
  return {
    W: { shape: [k, m, n], initial: { kind: "xavier", fanIn: n, fanOut: m } },
    b: { shape: [k, n], initial: { kind: "constant", value: 0 } },
  };
}

/**
 * Features of which few are there at a time: `v` `[B, n]` says how strong each would be, and the feature
 * is there where its draw `u` `[B, n]`, uniform on [0, 1), is below the density of the model, `p` `[k]`.
 * Without draws all are there. The result is `[k, B, n]`; tap x. Elhage et al. 2022, "Demonstrating
 * Superposition": their sparsity S is 1 − p.
 */
// #region sparseFeatures
export function sparseFeatures(
  v: tf.Tensor,
  u: tf.Tensor | undefined,
  p: tf.Tensor,
  tap = untapped,
) {
  const [k = 1] = p.shape;
  const isThere = u ? u.less(p.reshape([k, 1, 1])).toFloat() : tf.ones([k, 1, 1]); // [k, B, n]
  return tap("x", v.mul(isThere)); // [k, B, n]
}
// #endregion

/**
 * Features squeezed into fewer dimensions, and read back: h = W x, x̂ = ReLU(Wᵀ h + b), or without the
 * ReLU. `x` is `[k, B, n]`, a batch for each model; h is `[k, B, m]`, z and x̂ are `[k, B, n]`. Taps h, z,
 * x_hat. Elhage et al. 2022, "Toy Models of Superposition", the linear and the ReLU output model.
 */
// #region superposition
export function superposition({ W, b }: ToyModels, x: tf.Tensor, isLinear: boolean, tap: Tap) {
  const h = tap("h", tf.matMul(x, W, false, true)); // [k, B, m]
  const z = tap("z", tf.matMul(h, W).add(b.expandDims(1))); // [k, B, n]
  return tap("x_hat", isLinear ? z : z.relu()); // [k, B, n]
}
// #endregion

/**
 * The mean over the batch of Σᵢ Iᵢ (xᵢ − x̂ᵢ)², `[k]`, with the importances `I` `[n]`. Tap L_k.
 * Elhage et al. 2022, "The Loss".
 */
// #region importanceLoss
export function importanceLoss(x: tf.Tensor, x_hat: tf.Tensor, I: tf.Tensor, tap = untapped) {
  const errors = x.sub(x_hat).square().mul(I).sum(-1); // [k, B]
  return tap("L_k", errors.mean(-1)); // [k]
}
// #endregion

/**
 * How much of a dimension each feature has to itself, Dᵢ = ‖Wᵢ‖² / Σⱼ (Ŵᵢ · Wⱼ)², with Ŵᵢ = Wᵢ / ‖Wᵢ‖:
 * 1 for a feature alone, ½ for one of an antipodal pair, 0 for one that is not kept. `W` is `[k, m, n]`;
 * the Gram matrix G = Wᵀ W is `[k, n, n]`, D `[k, n]`. Taps G, D. Elhage et al. 2022, "Feature
 * Dimensionality".
 */
// #region dimensionality
export function dimensionality(W: tf.Tensor, tap = untapped) {
  const G = tap("G", tf.matMul(W, W, true, false)); // [k, n, n]
  const norms = W.square().sum(1); // [k, n]: ‖Wᵢ‖²
  const shared = G.square().sum(-1).add(1e-12); // [k, n]: ‖Wᵢ‖² Σⱼ (Ŵᵢ · Wⱼ)²
  return tap("D", norms.square().div(shared)); // [k, n]
}
// #endregion
