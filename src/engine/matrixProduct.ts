/** A matrix as it lies in memory, or its transpose. */
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
  [m, k, n]: readonly [number, number, number],
  c: Float32Array,
): void {
  const [aRow, aColumn] = a.transposed ? [1, m] : [k, 1];
  if (b.transposed) byDots(a.numbers, b.numbers, m, k, n, aRow, aColumn, c);
  else byRows(a.numbers, b.numbers, m, k, n, aRow, aColumn, c);
}

/** B by rows: each row of C is a sum of rows of B, four at a time. */
function byRows(
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  aRow: number,
  aColumn: number,
  c: Float32Array,
): void {
  const sums = new Float64Array(n);
  const fours = k - (k % 4);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    const at = i * aRow;
    for (let p = 0; p < fours; p += 4) {
      const a0 = a[at + p * aColumn]!;
      const a1 = a[at + (p + 1) * aColumn]!;
      const a2 = a[at + (p + 2) * aColumn]!;
      const a3 = a[at + (p + 3) * aColumn]!;
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) {
        sums[j] = sums[j]! + a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!;
      }
    }
    for (let p = fours; p < k; p++) {
      const a0 = a[at + p * aColumn]!;
      for (let j = 0; j < n; j++) sums[j] = sums[j]! + a0 * b[p * n + j]!;
    }
    c.set(sums, i * n);
  }
}

/** B by columns, which lie in one piece: each entry of C is a product of two runs, four columns at a time. */
function byDots(
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  aRow: number,
  aColumn: number,
  c: Float32Array,
): void {
  const fours = n - (n % 4);
  for (let i = 0; i < m; i++) {
    const at = i * aRow;
    for (let j = 0; j < fours; j += 4) {
      const b0 = j * k;
      const b1 = b0 + k;
      const b2 = b1 + k;
      const b3 = b2 + k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p++) {
        const x = a[at + p * aColumn]!;
        s0 += x * b[b0 + p]!;
        s1 += x * b[b1 + p]!;
        s2 += x * b[b2 + p]!;
        s3 += x * b[b3 + p]!;
      }
      c[i * n + j] = s0;
      c[i * n + j + 1] = s1;
      c[i * n + j + 2] = s2;
      c[i * n + j + 3] = s3;
    }
    for (let j = fours; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[at + p * aColumn]! * b[j * k + p]!;
      c[i * n + j] = sum;
    }
  }
}
