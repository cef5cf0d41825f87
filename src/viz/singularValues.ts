/** Sweeps after which Jacobi's method has settled for any matrix of the book; it converges quadratically. */
const sweeps = 30;

/**
 * The singular values of a matrix, largest first: by how much it can stretch a vector, and how little.
 * One-sided Jacobi: pairs of columns are turned until all stand at right angles; their lengths are the
 * singular values. Hestenes 1958; Golub & Van Loan 2013, § 8.6.3.
 *
 * `data` is row-major, `rows` by `columns`; as many values come out as there are columns.
 */
export function singularValues(data: ArrayLike<number>, rows: number, columns: number): number[] {
  if (data.length !== rows * columns) {
    throw new RangeError(
      `singularValues: expected ${rows} × ${columns} numbers, got ${data.length}.`,
    );
  }
  const all = Array.from({ length: columns }, (_, j) =>
    Array.from({ length: rows }, (_, i) => data[i * columns + j] as number),
  );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let isSettled = true;
    for (let p = 0; p < columns; p++) {
      for (let q = p + 1; q < columns; q++) {
        if (turned(all[p] as number[], all[q] as number[])) isSettled = false;
      }
    }
    if (isSettled) break;
  }
  return all.map((column) => Math.sqrt(dot(column, column))).sort((a, b) => b - a);
}

/** Turns two columns in their plane to a right angle; false where they stand at one already. */
function turned(a: number[], b: number[]): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (!(Math.abs(ab) > 1e-15 * Math.sqrt(aa * bb))) return false;
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
  return true;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, entry, i) => sum + entry * (b[i] as number), 0);
}
