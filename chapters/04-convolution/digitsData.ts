import { type Arrays, filled, type NDArray } from "../../src/data/ndarray.ts";
import { strokeDigits } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";

/** Pixels a side of every picture, and in the whole of one. */
export const side = 16;
export const pixels = side * side;
/** The classes that a network tells apart: the ten digits, or ten of the reader's own. */
export const classCount = 10;
/** How many digits the book's own data have. */
export const pictureCount = 3500;
/** One picture in so many is held out. */
const heldEvery = 7;
const mostHeldOut = 500;

let written: Arrays | null = null;

/** The written digits, `x` `[3500, 16, 16]` and `y` `[3500]`: the same ones each time they are asked for. */
export function bookDigits(): Arrays {
  written ??= strokeDigits(
    { count: pictureCount, size: side },
    randomStream(1, "digits to be told apart").uniform,
  );
  return written;
}

/** What stands in for the reader's own pictures until they come: a few empty ones. */
export function emptyPictures(): Arrays {
  return { x: filled([20, side, side]), y: filled([20]) };
}

/** The rows that training leaves out: every seventh, so that each digit is among them as often. */
export function heldOutRows({ x }: Arrays): readonly number[] {
  const count = x?.shape[0] ?? 0;
  const rows = Array.from(
    { length: Math.floor(count / heldEvery) },
    (_, i) => (i + 1) * heldEvery - 1,
  );
  return rows.slice(0, mostHeldOut);
}

/** One picture of many, `[side, side]`. */
export function pictureAt(x: NDArray | undefined, row: number): NDArray {
  const data = x?.data.slice(row * pixels, (row + 1) * pixels);
  return data?.length === pixels ? { shape: [side, side], data } : filled([side, side]);
}

/** No digit is said to be the right one; and, of what is asked, the likeliest. */
export const unknown = -1;

/**
 * One picture as the lab's input.
 *
 * @param y what it shows, where that is known
 * @param asked the class whose logit is asked about
 */
export function asInput(picture: NDArray, y: number = unknown, asked: number = unknown): Arrays {
  return {
    x: { shape: [1, side, side], data: picture.data },
    y: filled([1], y),
    asked: filled([1], asked),
  };
}

/** Pixels a side of the patch that is blanked. */
export const patchSide = 5;

/** The picture once for each of its pixels, with a patch about that pixel blanked: `[256, 16, 16]`. */
export function occluded(picture: NDArray): NDArray {
  const data = new Float32Array(pixels * pixels);
  const reach = (patchSide - 1) / 2;
  for (let middle = 0; middle < pixels; middle++) {
    const [row, column] = [Math.floor(middle / side), middle % side];
    for (let i = 0; i < pixels; i++) {
      const isCovered =
        Math.abs(Math.floor(i / side) - row) <= reach && Math.abs((i % side) - column) <= reach;
      data[middle * pixels + i] = isCovered ? 0 : (picture.data[i] ?? 0);
    }
  }
  return { shape: [pixels, side, side], data };
}
