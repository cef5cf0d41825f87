/** The matrix with 1 on its diagonal and else 0, rows one after the other. */
export function identity(rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) =>
    Math.floor(i / columns) === i % columns ? 1 : 0,
  );
}

/**
 * A random matrix whose rows are orthonormal, or its columns where there are fewer of them: rows one after
 * the other. All such matrices are equally likely.
 *
 * Normal numbers, made orthonormal by Gram–Schmidt, which leaves R's diagonal positive (Mezzadri 2007,
 * § 5); each row is gone over twice, for once loses orthogonality to rounding (Giraud et al. 2005).
 */
export function orthogonal(rows: number, columns: number, normal: () => number): Float32Array {
  const transposed = rows > columns;
  const [count, length] = transposed ? [columns, rows] : [rows, columns];
  const basis: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const row = Float64Array.from({ length }, normal);
    for (const other of [...basis, ...basis]) {
      const along = inner(row, other);
      for (let j = 0; j < length; j++) row[j] = row[j]! - along * other[j]!;
    }
    const norm = Math.sqrt(inner(row, row));
    basis.push(row.map((entry) => entry / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return transposed ? basis[j]![i]! : basis[i]![j]!;
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i]!, 0);
}
