import type { NDArray } from "../../src/data/ndarray.ts";

/** Sweeps of rotations; eight are plenty for 16 columns. */
const sweeps = 12;

/**
 * The largest singular value of a square matrix `[n, n]`: by how much it stretches the direction that it
 * stretches most. One-sided Jacobi rotations make the columns orthogonal; their lengths are then the
 * singular values (Hestenes 1958).
 */
export function largestStretch({ shape, data }: NDArray): number {
  const n = shape[1] ?? 0;
  const columns = Array.from({ length: n }, (_, k) =>
    Float64Array.from({ length: n }, (_, row) => data[row * n + k] ?? 0),
  );
  for (let sweep = 0; sweep < sweeps && turnAll(columns); sweep++);
  return Math.max(0, ...columns.map((column) => Math.sqrt(dot(column, column))));
}

/** Turns each pair of columns until it is orthogonal; says whether any had to be turned. */
function turnAll(columns: readonly Float64Array[]): boolean {
  let turned = false;
  for (let p = 0; p < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) {
      turned = turn(columns[p] as Float64Array, columns[q] as Float64Array) || turned;
    }
  }
  return turned;
}

function turn(a: Float64Array, b: Float64Array): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= 1e-12 * Math.sqrt(aa * bb)) return false;
  const tau = (bb - aa) / (2 * ab);
  const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
