import type * as tf from "./tf.ts";

/** An activation function: applied to every entry, so any shape, and the same shape comes out. */
export type Activation = <T extends tf.Tensor>(z: T) => T;

/**
 * The activation functions g(z) of the book, by name.
 *
 * - `identity` z. No activation: the neuron is a linear unit.
 * - `step` 1 where z > 0, else 0 (so 0 at z = 0). Its derivative is 0 everywhere. McCulloch & Pitts 1943; Rosenblatt 1958.
 * - `sigmoid` σ(z) = 1 / (1 + e^−z), between 0 and 1. σ′ = σ (1 − σ), at most ¼.
 * - `tanh` (e^z − e^−z) / (e^z + e^−z), between −1 and 1. Its derivative is 1 − tanh²(z), at most 1.
 * - `relu` max(0, z). Derivative 1 where z > 0, else 0 (so 0 at z = 0). Nair & Hinton 2010.
 * - `leakyRelu` z where z > 0, else 0.01 z. Maas, Hannun & Ng 2013.
 * - `gelu` z Φ(z) = z/2 (1 + erf(z/√2)), at least −0.17. Hendrycks & Gimpel 2016, eq. 1 (exact, not the tanh approximation).
 */
// #region activations
export const activations = {
  identity: (z) => z.clone(),
  step: (z) => z.step(), // 1 where z > 0, else 0
  sigmoid: (z) => z.sigmoid(), // 1 / (1 + e^−z)
  tanh: (z) => z.tanh(), // (e^z − e^−z) / (e^z + e^−z)
  relu: (z) => z.relu(), // max(0, z)
  leakyRelu: (z) => z.leakyRelu(0.01), // z where z > 0, else 0.01 z
  gelu: (z) => z.div(2).mul(z.div(Math.SQRT2).erf().add(1)), // z Φ(z), Φ by the error function
} satisfies Record<string, Activation>;
// #endregion

export type ActivationName = keyof typeof activations;

export const activationNames = Object.keys(activations) as readonly ActivationName[];

/**
 * The activation function of this name.
 *
 * @throws RangeError naming the activations there are, when `name` is none of them
 */
export function activationNamed(name: unknown): Activation {
  const known = activationNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new RangeError(
      `Expected an activation (${activationNames.join(", ")}), got ${JSON.stringify(name)}.`,
    );
  }
  return activations[known];
}
