import type { NDArray } from "./ndarray.ts";

/** A point of the unit square: from the left, and from the top. */
export type Point = readonly [x: number, y: number];

/** Where the pen went before it was lifted. */
export type Stroke = readonly Point[];

/**
 * Strokes as a picture of size × size pixels, row by row, from 0 (ground) to 1 (ink). A pixel is ink when
 * its centre is nearer to a stroke than `pen`, half the width of the line; at the line's edge it is grey
 * over the width of a pixel.
 *
 * @param pen in the unit square, above 0
 */
export function rasterise(strokes: readonly Stroke[], size: number, pen: number): Float32Array {
  const nearest = new Float32Array(size * size).fill(Number.POSITIVE_INFINITY);
  for (const stroke of strokes) {
    for (const [i, to] of stroke.entries()) {
      // A stroke of one point is a dot.
      const from = stroke[i - 1] ?? (stroke.length === 1 ? to : null);
      if (from) nearer(nearest, size, from, to, pen);
    }
  }
  return nearest.map((square) => Math.min(1, Math.max(0, (pen - Math.sqrt(square)) * size + 0.5)));
}

/** Notes each pixel's squared distance to a segment, where that is the nearest so far and near enough to be inked. */
function nearer(
  nearest: Float32Array,
  size: number,
  [ax, ay]: Point,
  [bx, by]: Point,
  pen: number,
): void {
  const reach = pen + 1 / size;
  const first = (a: number, b: number) => Math.max(0, Math.floor((Math.min(a, b) - reach) * size));
  const last = (a: number, b: number) =>
    Math.min(size - 1, Math.ceil((Math.max(a, b) + reach) * size));
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const [left, right] = [first(ax, bx), last(ax, bx)];
  for (let row = first(ay, by), bottom = last(ay, by); row <= bottom; row++) {
    const py = (row + 0.5) / size - ay;
    for (let column = left; column <= right; column++) {
      const px = (column + 0.5) / size - ax;
      const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
      const square = (px - along * dx) ** 2 + (py - along * dy) ** 2;
      const at = row * size + column;
      if (square < (nearest[at] as number)) nearest[at] = square;
    }
  }
}

/** How much of the picture drawn ink may fill, across and down: as much as the written digits do. */
const room = 0.7;
/** Ink is enlarged at most so many times: a dot stays a dot. */
const mostEnlarged = 4;

/**
 * What a reader drew, as a picture `[size, size]` made as those of the data are: the ink's bounding box
 * is brought to the middle and to the data's size, its proportions kept. So where on the pad it was
 * drawn, and how large, does not matter. Without ink, an empty picture.
 *
 * `strokes` are in the unit square of the pad; `pen` is in that of the picture.
 */
export function inkPicture(strokes: readonly Stroke[], size: number, pen: number): NDArray {
  return { shape: [size, size], data: rasterise(centred(strokes), size, pen) };
}

/** The strokes moved and scaled so that they fill the room in the middle of the unit square. */
export function centred(strokes: readonly Stroke[]): readonly Stroke[] {
  const points = strokes.flat();
  if (points.length === 0) return [];
  const range = (axis: 0 | 1): readonly [middle: number, length: number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const point of points) {
      low = Math.min(low, point[axis]);
      high = Math.max(high, point[axis]);
    }
    return [(low + high) / 2, high - low];
  };
  const [[middleX, wide], [middleY, high]] = [range(0), range(1)];
  const scale = Math.min(mostEnlarged, room / Math.max(wide, high));
  return strokes.map((stroke) =>
    stroke.map(([x, y]): Point => [0.5 + scale * (x - middleX), 0.5 + scale * (y - middleY)]),
  );
}
