/** A point between the entries of a grid, counted in columns and rows. */
export type GridPoint = readonly [column: number, row: number];

/**
 * The lines on which a grid of values has a level: for each line its points, in columns and rows from
 * (0, 0), the middle of the first entry. Between entries the values are taken as linear. A line that
 * closes ends where it began.
 *
 * `values` is `[rows, columns]`, row-major. Lorensen & Cline 1987, in the plane.
 */
export function contourLines(
  values: ArrayLike<number>,
  columns: number,
  level: number,
): GridPoint[][] {
  const segments = segmentsOf(values, columns, level);
  const at = new Map<string, Segment[]>();
  for (const segment of segments) {
    for (const end of segment) at.set(end.key, [...(at.get(end.key) ?? []), segment]);
  }
  const used = new Set<Segment>();
  const next = (key: string) => at.get(key)?.find((segment) => !used.has(segment));
  const follow = (from: End): GridPoint[] => {
    const line: GridPoint[] = [];
    for (let end = from; ; ) {
      const segment = next(end.key);
      if (!segment) return line;
      used.add(segment);
      end = segment[0].key === end.key ? segment[1] : segment[0];
      line.push(end.point);
    }
  };
  return segments.flatMap((segment) => {
    if (used.has(segment)) return [];
    used.add(segment);
    const [start, end] = segment;
    const forwards = follow(end);
    const backwards = follow(start);
    return [[...backwards.reverse(), start.point, end.point, ...forwards]];
  });
}

interface End {
  /** The side of a cell on which it lies: shared with the neighbour. */
  readonly key: string;
  readonly point: GridPoint;
}
type Segment = readonly [End, End];

function segmentsOf(values: ArrayLike<number>, columns: number, level: number): Segment[] {
  const rows = values.length / columns;
  const above = (row: number, column: number) =>
    (values[row * columns + column] as number) - level || Number.MIN_VALUE;
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const a = above(row, column);
      const b = above(row, column + 1);
      const c = above(row + 1, column + 1);
      const d = above(row + 1, column);
      const ends: End[] = [];
      const cross = (
        from: number,
        to: number,
        key: string,
        point: (share: number) => GridPoint,
      ) => {
        if (from > 0 !== to > 0) ends.push({ key, point: point(from / (from - to)) });
      };
      cross(a, b, `h${row} ${column}`, (share) => [column + share, row]);
      cross(b, c, `v${row} ${column + 1}`, (share) => [column + 1, row + share]);
      cross(d, c, `h${row + 1} ${column}`, (share) => [column + share, row + 1]);
      cross(a, d, `v${row} ${column}`, (share) => [column, row + share]);
      for (let i = 0; i + 1 < ends.length; i += 2) {
        segments.push([ends[i] as End, ends[i + 1] as End]);
      }
    }
  }
  return segments;
}
