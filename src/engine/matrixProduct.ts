import type * as tf from "../models/tf.ts";

/** A matrix as it lies in memory, or its transpose; or a row of such matrices, one behind the other. */
export interface Factor {
  readonly numbers: Float32Array;
  readonly transposed: boolean;
}

/**
 * C = A B, from `[m, k]` and `[k, n]`, each factor perhaps stored transposed. Sums are carried in double
 * precision, and rounded once.
 */
export function matrixProduct(
  a: Factor,
  b: Factor,
  sizes: readonly [m: number, k: number, n: number],
  c: Float32Array,
): void {
  batchedProduct(a, b, sizes, { count: 1, aCount: 1, bCount: 1 }, c);
}

/** So many numbers stay near the processor while they are read again and again. */
const nearest = 32_768;

/** How many products there are, and how many matrices of either factor: all of them, or one for all. */
export interface Batch {
  readonly count: number;
  readonly aCount: number;
  readonly bCount: number;
}

/** What two tensors of float32 are to be multiplied as. */
export interface Product {
  readonly sizes: readonly [m: number, k: number, n: number];
  readonly batch: Batch;
  /** The shape of what comes out. */
  readonly shape: readonly number[];
}

/** The product of two tensors, matrices in their last two dimensions; null where they are not of float32 or their other dimensions differ. */
export function productOf(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): Product | null {
  if (a.dtype !== "float32" || b.dtype !== "float32") return null;
  const [m, k] = turned(a.shape, transposeA);
  const [inner, n] = turned(b.shape, transposeB);
  const [aStack, bStack] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [aCount, bCount] = [aStack, bStack].map((stack) => stack.reduce((x, y) => x * y, 1)) as [
    number,
    number,
  ];
  const isOne = aStack.length === 0 || bStack.length === 0;
  if (k !== inner || !(isOne || aStack.join() === bStack.join())) return null;
  const stack = aStack.length > 0 ? aStack : bStack;
  const batch = { count: Math.max(aCount, bCount), aCount, bCount };
  return { sizes: [m, k, n], batch, shape: [...stack, m, n] };
}

function turned(shape: readonly number[], transposed: boolean): [number, number] {
  const [rows = 0, columns = 0] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

/** C_i = A_i B_i, each as `matrixProduct` does it: product i takes matrix i of a factor, beginning anew after its last. */
export function batchedProduct(
  a: Factor,
  b: Factor,
  [m, k, n]: readonly [m: number, k: number, n: number],
  { count, aCount, bCount }: Batch,
  c: Float32Array,
): void {
  const [aRow, aColumn] = a.transposed ? [1, m] : [k, 1];
  const [bRow, bColumn] = b.transposed ? [1, k] : [n, 1];
  for (let i = 0; i < count; i++) {
    const [aAt, bAt] = [(i % aCount) * m * k, (i % bCount) * k * n];
    if (!b.transposed && k * n > nearest) {
      byRows(a.numbers, aAt, aRow, aColumn, b.numbers, bAt, m, k, n, c, i * m * n);
      continue;
    }
    tiles(a.numbers, aAt, aRow, aColumn, b.numbers, bAt, bRow, bColumn, m, k, n, c, i * m * n);
  }
}

/**
 * One product, in tiles of two rows and four columns: a tile's eight sums stay in registers, and what is
 * loaded for one serves the others. The steps say how far entries lie apart, so no factor need be turned.
 */
function tiles(
  a: Float32Array,
  aAt: number,
  aRow: number,
  aColumn: number,
  b: Float32Array,
  bAt: number,
  bRow: number,
  bColumn: number,
  m: number,
  k: number,
  n: number,
  c: Float32Array,
  cAt: number,
): void {
  const rows = m - (m % 2);
  const columns = n - (n % 4);
  const [two, three] = [2 * bColumn, 3 * bColumn];
  for (let i = 0; i < rows; i += 2) {
    for (let j = 0; j < columns; j += 4) {
      let x = aAt + i * aRow;
      let y = x + aRow;
      let z = bAt + j * bColumn;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let t0 = 0;
      let t1 = 0;
      let t2 = 0;
      let t3 = 0;
      for (let p = 0; p < k; p++) {
        const u = a[x]!;
        const v = a[y]!;
        const b0 = b[z]!;
        const b1 = b[z + bColumn]!;
        const b2 = b[z + two]!;
        const b3 = b[z + three]!;
        s0 += u * b0;
        s1 += u * b1;
        s2 += u * b2;
        s3 += u * b3;
        t0 += v * b0;
        t1 += v * b1;
        t2 += v * b2;
        t3 += v * b3;
        x += aColumn;
        y += aColumn;
        z += bRow;
      }
      const at = cAt + i * n + j;
      c[at] = s0;
      c[at + 1] = s1;
      c[at + 2] = s2;
      c[at + 3] = s3;
      c[at + n] = t0;
      c[at + n + 1] = t1;
      c[at + n + 2] = t2;
      c[at + n + 3] = t3;
    }
  }
  // What the tiles leave: the last row, and the last columns.
  if (rows < m) {
    const from = aAt + rows * aRow;
    for (let j = 0; j < columns; j += 4) {
      let x = from;
      let z = bAt + j * bColumn;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p++) {
        const u = a[x]!;
        s0 += u * b[z]!;
        s1 += u * b[z + bColumn]!;
        s2 += u * b[z + two]!;
        s3 += u * b[z + three]!;
        x += aColumn;
        z += bRow;
      }
      const at = cAt + rows * n + j;
      c[at] = s0;
      c[at + 1] = s1;
      c[at + 2] = s2;
      c[at + 3] = s3;
    }
  }
  for (let j = columns; j < n; j++) {
    for (let i = 0; i < m; i++) {
      let x = aAt + i * aRow;
      let z = bAt + j * bColumn;
      let sum = 0;
      for (let p = 0; p < k; p++) {
        sum += a[x]! * b[z]!;
        x += aColumn;
        z += bRow;
      }
      c[cAt + i * n + j] = sum;
    }
  }
}

/** For a second factor too large for the processor's nearest memory, which has to be read in order: each row of C is a sum of rows of B, four at a time. */
function byRows(
  a: Float32Array,
  aAt: number,
  aRow: number,
  aColumn: number,
  b: Float32Array,
  bAt: number,
  m: number,
  k: number,
  n: number,
  c: Float32Array,
  cAt: number,
): void {
  const sums = new Float64Array(n);
  const fours = k - (k % 4);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    const at = aAt + i * aRow;
    for (let p = 0; p < fours; p += 4) {
      const a0 = a[at + p * aColumn]!;
      const a1 = a[at + (p + 1) * aColumn]!;
      const a2 = a[at + (p + 2) * aColumn]!;
      const a3 = a[at + (p + 3) * aColumn]!;
      const b0 = bAt + p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) {
        sums[j] = sums[j]! + a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!;
      }
    }
    for (let p = fours; p < k; p++) {
      const a0 = a[at + p * aColumn]!;
      for (let j = 0; j < n; j++) sums[j] = sums[j]! + a0 * b[bAt + p * n + j]!;
    }
    c.set(sums, cAt + i * n);
  }
}
