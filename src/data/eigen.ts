/** A symmetric matrix taken apart: A = Σ λᵢ vᵢ vᵢᵀ. */
export interface Eigen {
  /** λ, descending: `[d]`. */
  readonly values: Float64Array;
  /** v, one a row, of length 1 and at right angles to each other: `[d, d]`. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix `[d, d]`: reflections make it tridiagonal
 * (Householder 1958), then rotations make it diagonal (the QL method with implicit shifts; Bowdler,
 * Martin, Reinsch & Wilkinson 1968). Some 4 d³ multiplications.
 */
export function symmetricEigen(matrix: Float64Array, d: number): Eigen {
  const a = matrix.slice();
  const { diagonal, beside, reflections } = tridiagonal(a, d);
  const basis = product(reflections, d);
  diagonalise(diagonal, beside, basis, d);
  const order = [...diagonal.keys()].sort(
    (i, j) => (diagonal[j] as number) - (diagonal[i] as number),
  );
  const vectors = new Float64Array(d * d);
  for (const [i, from] of order.entries()) {
    vectors.set(basis.subarray(from * d, (from + 1) * d), i * d);
  }
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors };
}

interface Reflection {
  /** Where its vector begins: above are zeros. */
  readonly from: number;
  readonly v: Float64Array;
  /** 2 / |v|². */
  readonly beta: number;
}

/** Makes `a` tridiagonal in place. Golub & Van Loan 2013, algorithm 8.3.1. */
function tridiagonal(a: Float64Array, d: number) {
  const [diagonal, beside] = [new Float64Array(d), new Float64Array(d)];
  const reflections: Reflection[] = [];
  for (let k = 0; k + 1 < d; k++) {
    const from = k + 1;
    const v = Float64Array.from({ length: d - from }, (_, i) => a[(from + i) * d + k] as number);
    const first = v[0] as number;
    const length = Math.sqrt(dot(v, v));
    beside[k] = first > 0 ? -length : length;
    if (length === 0) continue;
    v[0] = first - (beside[k] as number);
    const beta = 2 / dot(v, v);
    reflect(a, d, { from, v, beta });
    reflections.push({ from, v, beta });
  }
  for (let i = 0; i < d; i++) diagonal[i] = a[i * d + i] as number;
  return { diagonal, beside, reflections };
}

/** H A H on the lower right part of A: A − v wᵀ − w vᵀ. */
function reflect(a: Float64Array, d: number, { from, v, beta }: Reflection): void {
  const w = new Float64Array(v.length);
  for (let i = 0; i < w.length; i++) {
    const row = (from + i) * d + from;
    let sum = 0;
    for (let j = 0; j < v.length; j++) sum += (a[row + j] as number) * (v[j] as number);
    w[i] = beta * sum;
  }
  const half = (beta / 2) * dot(w, v);
  for (let i = 0; i < w.length; i++) w[i]! -= half * (v[i] as number);
  for (let i = 0; i < w.length; i++) {
    const row = (from + i) * d + from;
    const [vi, wi] = [v[i] as number, w[i] as number];
    for (let j = 0; j < v.length; j++) {
      a[row + j]! -= vi * (w[j] as number) + wi * (v[j] as number);
    }
  }
}

/** The product of the reflections, transposed: row i is the place of the tridiagonal matrix's axis i. */
function product(reflections: readonly Reflection[], d: number): Float64Array {
  const basis = new Float64Array(d * d);
  for (let i = 0; i < d; i++) basis[i * d + i] = 1;
  for (const { from, v, beta } of [...reflections].reverse()) {
    for (let row = from; row < d; row++) {
      const at = row * d + from;
      let sum = 0;
      for (let j = 0; j < v.length; j++) sum += (basis[at + j] as number) * (v[j] as number);
      for (let j = 0; j < v.length; j++) basis[at + j]! -= beta * sum * (v[j] as number);
    }
  }
  return basis;
}

/** Rotates the numbers beside the diagonal away, and the rows of `basis` with them. */
function diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array,
  d: number,
): void {
  for (let l = 0; l < d; l++) {
    // Far fewer sweeps are ever needed.
    for (let sweep = 0; sweep < 60; sweep++) {
      let m = l;
      while (m + 1 < d && !isNothing(beside[m] as number, diagonal, m)) m++;
      if (m === l) break;
      sweepUp(diagonal, beside, basis, d, l, m);
    }
  }
}

function isNothing(value: number, diagonal: Float64Array, at: number): boolean {
  const around = Math.abs(diagonal[at] as number) + Math.abs(diagonal[at + 1] as number);
  return Math.abs(value) <= Number.EPSILON * around || Math.abs(value) < 1e-300;
}

/** One sweep of rotations from m up to l, shifted by the eigenvalue of the upper 2 × 2 block nearer to its corner. */
function sweepUp(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array,
  d: number,
  l: number,
  m: number,
): void {
  const at = (array: Float64Array, i: number) => array[i] as number;
  const tau = (at(diagonal, l + 1) - at(diagonal, l)) / (2 * at(beside, l));
  const root = Math.hypot(tau, 1);
  let g = at(diagonal, m) - at(diagonal, l) + at(beside, l) / (tau + (tau < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * at(beside, i);
    const b = c * at(beside, i);
    const r = Math.hypot(f, g);
    beside[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1]! -= p;
      beside[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = at(diagonal, i + 1) - p;
    const t = (at(diagonal, i) - g) * s + 2 * c * b;
    p = s * t;
    diagonal[i + 1] = g + p;
    g = c * t - b;
    rotateRows(basis, d, i, c, s);
  }
  diagonal[l]! -= p;
  beside[l] = g;
  beside[m] = 0;
}

function rotateRows(basis: Float64Array, d: number, i: number, c: number, s: number): void {
  const [upper, lower] = [i * d, (i + 1) * d];
  for (let k = 0; k < d; k++) {
    const [x, y] = [basis[upper + k] as number, basis[lower + k] as number];
    basis[lower + k] = s * x + c * y;
    basis[upper + k] = c * x - s * y;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
