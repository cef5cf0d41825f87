import { type Arrays, filled, type NDArray } from "../../src/data/ndarray.ts";
import { strokeDigits } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";

/** Pixels a side of every picture of the chapter, and in the whole of one. */
export const side = 16;
export const pixels = side * side;

/** How many pictures the book's own data have, and how many of them training leaves out. */
export const pictureCount = 2500;
export const heldOutCount = 500;

const written = new Map<number, Arrays>();

/**
 * The written digits, `x` `[2500, 16, 16]` and `y` `[2500]`: the same ones each time they are asked for.
 * `variety` is how much hands differ.
 */
export function digits(variety: number): Arrays {
  const known = written.get(variety);
  if (known) return known;
  const made = strokeDigits(
    { count: pictureCount, size: side, variety },
    randomStream(1, "written digits").uniform,
  );
  if (written.size > 3) written.clear();
  written.set(variety, made);
  return made;
}

/** What stands in for the reader's own pictures until they come: a few empty ones. */
export function emptyPictures(): Arrays {
  return { x: filled([20, side, side]), y: filled([20]) };
}

/** The rows that training leaves out: the first fifth, at most `heldOutCount`. */
export function heldOutRows({ x }: Arrays): readonly number[] {
  const count = x?.shape[0] ?? 0;
  const out = Math.min(heldOutCount, Math.floor(count / 5));
  return Array.from({ length: out }, (_, row) => row);
}

/** One picture of many, `[side, side]`. */
export function pictureAt({ data }: NDArray, row: number): NDArray {
  return { shape: [side, side], data: data.slice(row * pixels, (row + 1) * pixels) };
}
