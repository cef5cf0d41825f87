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

/** Feature maps `[h, w, c]`, or of a batch of one `[1, h, w, c]`, as pictures one after the other: `[c, h, w]`. */
export function channelsFirst({ shape, data }: Grid): Grid {
  const [h = 1, w = 1, c = 1] = shape.slice(-3);
  const turned = new Float32Array(h * w * c);
  for (let place = 0; place < h * w; place++) {
    for (let channel = 0; channel < c; channel++) {
      turned[channel * h * w + place] = data[place * c + channel] as number;
    }
  }
  return { shape: [c, h, w], data: turned };
}

/** One of the pictures `[n, h, w]`: `[h, w]`. */
export function pictureAt({ shape, data }: Grid, index: number): Grid {
  const [, h = 1, w = 1] = shape;
  const first = index * h * w;
  return { shape: [h, w], data: Array.prototype.slice.call(data, first, first + h * w) };
}

/** Pictures `[n, h, w]` side by side, so many a row, one cell of zeros between them. */
export function tiled({ shape, data }: Grid, columns: number): Grid {
  const [n = 0, h = 0, w = 0] = shape;
  const [rows, across] = [Math.ceil(n / columns) * (h + 1) - 1, columns * (w + 1) - 1];
  const sheet = new Float32Array(Math.max(0, rows) * across);
  for (let i = 0; i < n * h; i++) {
    const [picture, row] = [Math.floor(i / h), i % h];
    const top = Math.floor(picture / columns) * (h + 1) + row;
    const left = (picture % columns) * (w + 1);
    for (let column = 0; column < w; column++) {
      sheet[top * across + left + column] = data[i * w + column] as number;
    }
  }
  return { shape: [Math.max(0, rows), across], data: sheet };
}

/** The cell of a picture of so many rows and columns, shown in `box`, that lies under a point of the screen; may lie outside. */
export function cellUnder(
  box: Pick<DOMRect, "left" | "top" | "width" | "height">,
  [rows, columns]: readonly [number, number],
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): readonly [row: number, column: number] {
  return [
    Math.floor(((clientY - box.top) / box.height) * rows),
    Math.floor(((clientX - box.left) / box.width) * columns),
  ];
}
