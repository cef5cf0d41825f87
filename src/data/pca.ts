import { symmetricEigen } from "./eigen.ts";
import type { NDArray } from "./ndarray.ts";

/** Principal components of rows of numbers. */
export interface PrincipalComponents {
  /** `[d]`. */
  readonly mean: NDArray;
  /** Directions of length 1, at right angles to each other, the one of the greatest variance first: `[k, d]`. */
  readonly components: NDArray;
  /** The variance of the rows along each, descending: `[k]`; divided by n − 1. */
  readonly variances: NDArray;
  /** The variance along all d directions together. */
  readonly total: number;
}

/**
 * The k directions along which rows vary most, `x` of any shape `[n, …]` taken as `[n, d]`: the leading
 * eigenvectors of the covariance matrix. Pearson 1901; Hotelling 1933. The sign of each makes its
 * greatest entry positive.
 *
 * @throws RangeError when there are fewer than two rows, or k is not from 1 to d
 */
export function principalComponents(x: NDArray, k: number): PrincipalComponents {
  const [n = 0] = x.shape;
  const d = n === 0 ? 0 : x.data.length / n;
  if (n < 2) throw new RangeError(`Expected at least two rows to compare, got ${n}.`);
  if (!Number.isInteger(k) || k < 1 || k > d) {
    throw new RangeError(`Expected 1 to ${d} components of rows of ${d} numbers, got ${k}.`);
  }
  const mean = meanRow(x.data, n, d);
  const covariance = covarianceOf(x.data, mean, n, d);
  const { values, vectors } = symmetricEigen(covariance, d);
  const flat = new Float32Array(k * d);
  for (let i = 0; i < k; i++) flat.set(facingUp(vectors.subarray(i * d, (i + 1) * d)), i * d);
  return {
    mean: { shape: [d], data: Float32Array.from(mean) },
    components: { shape: [k, d], data: flat },
    variances: {
      shape: [k],
      data: Float32Array.from(values.subarray(0, k), (v) => Math.max(0, v)),
    },
    total: values.reduce((sum, value) => sum + value, 0),
  };
}

function meanRow(data: Float32Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < data.length; i++) mean[i % d]! += (data[i] as number) / n;
  return mean;
}

function covarianceOf(data: Float32Array, mean: Float64Array, n: number, d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  const row = new Float64Array(d);
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < d; i++) row[i] = (data[r * d + i] as number) - (mean[i] as number);
    for (let i = 0; i < d; i++) {
      const a = (row[i] as number) / (n - 1);
      // Much of a picture is ground, the same in all.
      if (a === 0) continue;
      for (let j = i; j < d; j++) covariance[i * d + j]! += a * (row[j] as number);
    }
  }
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) covariance[i * d + j] = covariance[j * d + i] as number;
  }
  return covariance;
}

function facingUp(v: Float64Array): Float64Array {
  const greatest = v.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0);
  return greatest < 0 ? v.map((entry) => -entry) : v;
}

/** Each row's place along the components: `[n, …]` gives `[n, k]`. */
export function projected(x: NDArray, { mean, components }: PrincipalComponents): NDArray {
  const [n = 0] = x.shape;
  const [k = 0, d = 0] = components.shape;
  const codes = new Float32Array(n * k);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) {
        const away = (x.data[row * d + j] as number) - (mean.data[j] as number);
        sum += away * (components.data[i * d + j] as number);
      }
      codes[row * k + i] = sum;
    }
  }
  return { shape: [n, k], data: codes };
}

/**
 * Rows from their places along the components: the nearest to the old ones that k numbers can tell,
 * `[n, d]`. With `width`, of the first so many components only.
 */
export function rebuilt(
  codes: NDArray,
  { mean, components }: PrincipalComponents,
  width = Number.POSITIVE_INFINITY,
): NDArray {
  const [n = 0, k = 0] = codes.shape;
  const [, d = 0] = components.shape;
  const rows = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    const made = rows.subarray(row * d, (row + 1) * d);
    made.set(mean.data);
    for (let i = 0; i < Math.min(k, width); i++) {
      const code = codes.data[row * k + i] as number;
      for (let j = 0; j < d; j++) made[j]! += code * (components.data[i * d + j] as number);
    }
  }
  return { shape: [n, d], data: rows };
}
