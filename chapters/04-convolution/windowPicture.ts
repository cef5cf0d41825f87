import type { NDArray } from "../../src/data/ndarray.ts";
import { rasterise } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";

/** Cells a side of the picture under the sliding window: few enough to read the number in each. */
export const side = 12;

/** To a tenth, so that a product can be followed by hand. */
export function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}

/** A digit in its plain form, in tenths: `[12, 12, 1]`. */
export function digitCells(digit: number): NDArray {
  const ink = rasterise(digitStrokes(digit), side, 1.3 * middlePen);
  return { shape: [side, side, 1], data: ink.map(tenths) };
}

/** How much red, green and blue the parts of the flower have. */
const sky = [0.3, 0.5, 0.9] as const;
const petal = [0.9, 0.2, 0.3] as const;
const heart = [1, 0.8, 0.1] as const;
const leaf = [0.1, 0.7, 0.2] as const;

function flowerAt(row: number, column: number): readonly number[] {
  const toHeart = Math.hypot(row - 3.5, column - 5.5);
  if (toHeart < 1.2) return heart;
  if (toHeart < 3.2) return petal;
  const isStem = row > 3 && (column === 5 || column === 6);
  const isLeaf = row > 6 && row < 10 && Math.abs(column - 5.5) < row - 5.5;
  return isStem || isLeaf ? leaf : sky;
}

/** A red flower before a blue sky, the first of its channels red, green and blue: `[12, 12, channels]`. */
export function flowerCells(channels: number): NDArray {
  const cells = Array.from({ length: side * side }, (_, i) =>
    flowerAt(Math.floor(i / side), i % side).slice(0, channels),
  );
  return { shape: [side, side, channels], data: Float32Array.from(cells.flat()) };
}

/** The picture that stands there before anybody has drawn one: a digit in grey, the flower in colour. */
export function firstPicture(channels: number): NDArray {
  return channels === 1 ? digitCells(4) : flowerCells(channels);
}

export const channelNames = ["red", "green", "blue"] as const;

/** What a channel of a picture with so many is called. */
export function channelName(channel: number, channels: number): string {
  return channels === 1 ? "grey" : (channelNames[channel] ?? `channel ${channel + 1}`);
}

/** Whole picture `[…, h, w, c]` with the cell of one channel changed. */
export function withCell(
  picture: NDArray,
  [row, column, channel]: readonly [number, number, number],
  value: number,
): NDArray {
  const channels = picture.shape.at(-1) ?? 1;
  const columns = picture.shape.at(-2) ?? 1;
  const data = picture.data.slice();
  data[(row * columns + column) * channels + channel] = value;
  return { shape: picture.shape, data };
}
