/** Numbers with a shape, row-major. */
export interface Grid {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** The rows and columns in which a grid is drawn: a vector is one row, leading dimensions are stacked. */
export function rowsAndColumns(shape: readonly number[]): readonly [number, number] {
  const columns = shape.at(-1) ?? 1;
  return [shape.slice(0, -1).reduce((product, size) => product * size, 1), columns];
}

export interface Extent {
  readonly minimum: number;
  readonly maximum: number;
  /** The largest distance from zero: the end of a symmetric colour scale. */
  readonly reach: number;
}

/** The extent of the finite values; all zero where there is none. */
export function extentOf(values: ArrayLike<number>): Extent {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  if (minimum > maximum) return { minimum: 0, maximum: 0, reach: 0 };
  return { minimum, maximum, reach: Math.max(Math.abs(minimum), Math.abs(maximum)) };
}
