/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * The eigenvalues of a real square matrix `[d, d]`, symmetric or not, the largest first: it is made
 * Hessenberg by elimination, and then the QR algorithm with complex shifts (Wilkinson's) splits off one
 * eigenvalue after the other. Golub & Van Loan 2013, § 7.4 and § 7.5. For matrices of some dozens of rows.
 *
 * @throws RangeError when the entries are not d² finite numbers, or no eigenvalue is found in 60 d sweeps
 */
export function eigenvalues(matrix: ArrayLike<number>, d: number): Complex[] {
  const entries = Array.from(matrix);
  if (entries.length !== d * d || !entries.every(Number.isFinite)) {
    throw new RangeError(
      `Expected ${d} × ${d} finite numbers, got ${entries.length}${entries.length === d * d ? ", not all finite" : ""}.`,
    );
  }
  const H: Hessenberg = { d, re: hessenberg(entries, d), im: new Float64Array(d * d) };
  const found: Complex[] = [];
  let sweeps = 0;
  for (let last = d - 1; last >= 0; ) {
    let from = last;
    while (from > 0 && !isSplit(H, from)) from--;
    if (from === last) {
      found.push({ re: H.re[last * d + last] as number, im: H.im[last * d + last] as number });
      last--;
      sweeps = 0;
    } else {
      if (++sweeps > 60 * d) throw new RangeError("No eigenvalue found: the matrix is too unruly.");
      sweep(H, from, last, shiftOf(H, last, sweeps));
    }
  }
  // The two of a conjugate pair are of one size, but for rounding.
  const size = ({ re, im }: Complex) => Number(Math.hypot(re, im).toPrecision(10));
  return found.map(withoutNoise).sort((x, y) => size(y) - size(x) || y.im - x.im);
}

interface Hessenberg {
  readonly d: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A similar matrix with zeros below the first subdiagonal, by Gaussian elimination with pivots. */
function hessenberg(entries: readonly number[], d: number): Float64Array {
  const a = Float64Array.from(entries);
  const at = (i: number, j: number) => a[i * d + j] as number;
  for (let m = 1; m < d - 1; m++) {
    let pivot = m;
    for (let i = m + 1; i < d; i++) {
      if (Math.abs(at(i, m - 1)) > Math.abs(at(pivot, m - 1))) pivot = i;
    }
    if (at(pivot, m - 1) === 0) continue;
    if (pivot !== m) exchange(a, d, pivot, m);
    for (let i = m + 1; i < d; i++) {
      const factor = at(i, m - 1) / at(m, m - 1);
      for (let j = 0; j < d; j++) a[i * d + j] = at(i, j) - factor * at(m, j);
      for (let j = 0; j < d; j++) a[j * d + m] = at(j, m) + factor * at(j, i);
    }
  }
  return a;
}

function exchange(a: Float64Array, d: number, one: number, other: number): void {
  const swap = (i: number, j: number) => {
    [a[i], a[j]] = [a[j] as number, a[i] as number];
  };
  for (let j = 0; j < d; j++) swap(one * d + j, other * d + j);
  for (let j = 0; j < d; j++) swap(j * d + one, j * d + other);
}

const sizeAt = ({ re, im }: Hessenberg, at: number) =>
  Math.hypot(re[at] as number, im[at] as number);

/** Whether the entry below the diagonal is nothing beside its neighbours; it is made 0 then. */
function isSplit(H: Hessenberg, row: number): boolean {
  const { d } = H;
  const below = row * d + row - 1;
  const around = sizeAt(H, row * d + row) + sizeAt(H, (row - 1) * d + row - 1);
  if (sizeAt(H, below) > Number.EPSILON * around && sizeAt(H, below) > 1e-300) return false;
  H.re[below] = 0;
  H.im[below] = 0;
  return true;
}

/** The eigenvalue of the lower right 2 × 2 block that is nearer to its corner; now and then another one. */
function shiftOf(H: Hessenberg, last: number, sweeps: number): Complex {
  const { d, re, im } = H;
  const of = (i: number, j: number): Complex => ({
    re: re[i * d + j] as number,
    im: im[i * d + j] as number,
  });
  const [a, b, c, e] = [
    of(last - 1, last - 1),
    of(last - 1, last),
    of(last, last - 1),
    of(last, last),
  ];
  if (sweeps % 10 === 0) return { re: e.re + Math.hypot(c.re, c.im), im: e.im };
  const half = { re: (a.re - e.re) / 2, im: (a.im - e.im) / 2 };
  const bc = times(b, c);
  const square = times(half, half);
  const root = rootOf({ re: square.re + bc.re, im: square.im + bc.im });
  const middle = { re: (a.re + e.re) / 2, im: (a.im + e.im) / 2 };
  const sign = half.re * root.re + half.im * root.im > 0 ? -1 : 1;
  return { re: middle.re + sign * root.re, im: middle.im + sign * root.im };
}

const times = (x: Complex, y: Complex): Complex => ({
  re: x.re * y.re - x.im * y.im,
  im: x.re * y.im + x.im * y.re,
});

function rootOf({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const real = Math.sqrt(Math.max(0, (size + re) / 2));
  const imaginary = Math.sqrt(Math.max(0, (size - re) / 2));
  return { re: real, im: im < 0 ? -imaginary : imaginary };
}

/** One QR step on the rows and columns from `from` to `last`: H − s = Q R, then R Q + s. */
function sweep(H: Hessenberg, from: number, last: number, shift: Complex): void {
  const { d, re, im } = H;
  move(H, from, last, -1, shift);
  const turns: { c: number; s: Complex }[] = [];
  for (let k = from; k < last; k++) {
    const [x, y] = [k * d + k, (k + 1) * d + k];
    const size = Math.hypot(sizeAt(H, x), sizeAt(H, y));
    const head = sizeAt(H, x);
    // c is real; where the upper entry is 0 the two rows change places.
    const phase =
      head === 0
        ? { re: 1, im: 0 }
        : { re: (re[x] as number) / head, im: (im[x] as number) / head };
    const lower = { re: re[y] as number, im: -(im[y] as number) };
    const s = times(phase, lower);
    const turn =
      size === 0
        ? { c: 1, s: { re: 0, im: 0 } }
        : { c: head / size, s: { re: s.re / size, im: s.im / size } };
    turns.push(turn);
    for (let j = k; j <= last; j++) turnPair(H, k * d + j, (k + 1) * d + j, turn.c, turn.s);
  }
  for (const [i, { c, s }] of turns.entries()) {
    const k = from + i;
    const conjugate = { re: s.re, im: -s.im };
    for (let row = from; row <= Math.min(k + 2, last); row++) {
      turnPair(H, row * d + k, row * d + k + 1, c, conjugate);
    }
  }
  move(H, from, last, 1, shift);
}

function move({ d, re, im }: Hessenberg, from: number, last: number, sign: number, by: Complex) {
  for (let k = from; k <= last; k++) {
    re[k * d + k]! += sign * by.re;
    im[k * d + k]! += sign * by.im;
  }
}

/** x ← c x + s y, y ← c y − s̄ x, for two entries of the matrix. */
function turnPair({ re, im }: Hessenberg, at: number, other: number, c: number, s: Complex): void {
  const x = { re: re[at] as number, im: im[at] as number };
  const y = { re: re[other] as number, im: im[other] as number };
  const sy = times(s, y);
  const sx = times({ re: s.re, im: -s.im }, x);
  re[at] = c * x.re + sy.re;
  im[at] = c * x.im + sy.im;
  re[other] = c * y.re - sx.re;
  im[other] = c * y.im - sx.im;
}

/** An imaginary part that rounding has left is none. */
function withoutNoise({ re, im }: Complex): Complex {
  return { re, im: Math.abs(im) < 1e-9 * Math.hypot(re, im) ? 0 : im };
}
