import { inPart } from "../named.ts";
import type { ParameterSpec } from "../program.ts";
import * as tf from "../tf.ts";

export const positionNames = ["sinusoidal", "learned", "none"] as const;
export type PositionName = (typeof positionNames)[number];

/**
 * What the sinusoidal code of place t holds at each dimension: sin(t ω_i) at 2i and cos(t ω_i) at 2i + 1,
 * with ω_i = 10000^(−2i/d). The waves grow longer from dimension to dimension, and the product of the
 * codes of two places depends on their distance alone. `[T, d]`, row-major; d may be odd.
 *
 * Vaswani et al. 2017, § 3.5.
 */
// #region sinusoidal
export function sinusoids(T: number, d: number): Float32Array {
  const waves = new Float32Array(T * d);
  for (let t = 0; t < T; t++) {
    for (let k = 0; k < d; k++) {
      const omega = 10_000 ** ((-2 * Math.floor(k / 2)) / d); // ω_i, i = ⌊k / 2⌋
      waves[t * d + k] = k % 2 === 0 ? Math.sin(t * omega) : Math.cos(t * omega);
    }
  }
  return waves;
}
// #endregion

/** The same as a tensor `[T, d]`. The GPU's own sine is exact to three digits only, so it is not asked. */
export function sinusoidal(T: number, d: number): tf.Tensor {
  return tf.tensor2d(sinusoids(T, d), [T, d]);
}

/** A learned code for each of T places, named W_P within `part`: `[T, d]`. Radford et al. 2018 start it normal, deviation 0.02. */
export function positionParameters(
  part: string,
  T: number,
  d: number,
  deviation: number,
): Record<string, ParameterSpec> {
  return { [inPart(part)("W_P")]: { shape: [T, d], initial: { kind: "normal", deviation } } };
}

/**
 * The codes of the first T places, of a table with one row a place.
 *
 * @throws RangeError when the table ends before
 */
export function placesOf(table: tf.Tensor, T: number): tf.Tensor {
  const [places, d] = table.shape as [number, number];
  if (T > places) {
    throw new RangeError(
      `Expected at most ${places} tokens, for so many places have a code, got ${T}.`,
    );
  }
  return T === places ? table : table.slice([0, 0], [T, d]);
}
