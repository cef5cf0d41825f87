import type { NDArray } from "./ndarray.ts";

/** A grey picture, row by row, from 0 (black) to 1 (white). */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** What a canvas gives out: four bytes a pixel. */
export interface Rgba {
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** The brightness of a picture in colour, on white where it is transparent. Luma as in ITU-R BT.601. */
export function grey({ height, width, data }: Rgba): Picture {
  const luma = Float32Array.from({ length: height * width }, (_, i) => {
    const [r = 0, g = 0, b = 0, a = 0] = [0, 1, 2, 3].map((c) => (data[4 * i + c] ?? 0) / 255);
    return a * (0.299 * r + 0.587 * g + 0.114 * b) + (1 - a);
  });
  return { height, width, data: luma };
}

/** The part of a pixel's row or column that a longer or shorter one covers, with its share. */
interface Share {
  readonly at: number;
  readonly weight: number;
}

/** Of which of `from` pixels each of `to` pixels is made: the box that it covers, each by its overlap. */
function shares(from: number, to: number): Share[][] {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [low, high] = [i * step, (i + 1) * step];
    const list: Share[] = [];
    for (let at = Math.floor(low); at < Math.min(from, Math.ceil(high)); at++) {
      const weight = (Math.min(high, at + 1) - Math.max(low, at)) / step;
      // What is left by rounding is no overlap.
      if (weight > 1e-9) list.push({ at, weight });
    }
    return list;
  });
}

/** The picture at another size: each new pixel is the mean of what it covers, so the mean of all stays. */
export function resized({ height, width, data }: Picture, rows: number, columns: number): Picture {
  if (rows === height && columns === width) return { height, width, data };
  const [down, across] = [shares(height, rows), shares(width, columns)];
  const made = new Float32Array(rows * columns);
  for (const [row, ys] of down.entries()) {
    for (const [column, xs] of across.entries()) {
      let sum = 0;
      for (const y of ys) {
        for (const x of xs) sum += y.weight * x.weight * (data[y.at * width + x.at] as number);
      }
      made[row * columns + column] = sum;
    }
  }
  return { height: rows, width: columns, data: made };
}

/** The pixels along the picture's border. */
function border({ height, width, data }: Picture): number[] {
  return [...data].filter((_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || column === 0 || row === height - 1 || column === width - 1;
  });
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * The picture with a dark ground, as the data have it: turned to its negative when most of its border is
 * bright, as with ink on paper.
 */
export function onDarkGround(picture: Picture): Picture {
  if (medianOf(border(picture)) <= 0.5) return picture;
  return { ...picture, data: picture.data.map((value) => 1 - value) };
}

/**
 * The picture as a square of n × n pixels, its proportions kept: in the middle, on a ground as bright as
 * its border.
 */
export function fitted(picture: Picture, n: number): NDArray {
  const { height, width } = picture;
  const longest = Math.max(height, width);
  const rows = Math.max(1, Math.round((n * height) / longest));
  const columns = Math.max(1, Math.round((n * width) / longest));
  const { data } = resized(picture, rows, columns);
  if (rows === n && columns === n) return { shape: [n, n], data };
  const square = new Float32Array(n * n).fill(medianOf(border(picture)));
  const [top, left] = [Math.floor((n - rows) / 2), Math.floor((n - columns) / 2)];
  for (let row = 0; row < rows; row++) {
    const line = data.subarray(row * columns, (row + 1) * columns);
    square.set(line, (top + row) * n + left);
  }
  return { shape: [n, n], data: square };
}
