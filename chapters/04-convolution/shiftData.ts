import { type Arrays, filled, type NDArray } from "../../src/data/ndarray.ts";
import { strokeDigits } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";

/** Pixels a side of a written digit, of the paper it stands in the middle of, and of the edge around it. */
export const inner = 16;
export const paper = 20;
const edge = (paper - inner) / 2;

/** How far a digit is shifted, each way, before its ink leaves the paper. */
export const farthest = 4;

export const heldOutCount = 300;
const pictureCount = 2000;

let written: Arrays | null = null;

/** Digits, all in the middle of the paper: `x` `[2000, 20, 20]`, `y` `[2000]`. */
export function centredDigits(): Arrays {
  if (written) return written;
  const { x, y } = strokeDigits(
    { count: pictureCount, size: inner },
    randomStream(1, "digits in the middle").uniform,
  );
  const data = new Float32Array(pictureCount * paper * paper);
  for (let row = 0; row < pictureCount; row++) {
    const picture = x.data.subarray(row * inner * inner, (row + 1) * inner * inner);
    data.set(onPaper(picture), row * paper * paper);
  }
  written = { x: { shape: [pictureCount, paper, paper], data }, y };
  return written;
}

/** A picture of 16 × 16 pixels in the middle of the paper. */
export function onPaper(picture: ArrayLike<number>): Float32Array {
  const data = new Float32Array(paper * paper);
  for (let i = 0; i < inner * inner; i++) {
    data[(Math.floor(i / inner) + edge) * paper + (i % inner) + edge] = picture[i] ?? 0;
  }
  return data;
}

/** The middle of the paper: what `onPaper` put there. */
export function offPaper(x: NDArray | undefined): NDArray {
  const data = Float32Array.from(
    { length: inner * inner },
    (_, i) => x?.data[(Math.floor(i / inner) + edge) * paper + (i % inner) + edge] ?? 0,
  );
  return { shape: [inner, inner], data };
}

/** The rows that are held out: the first ones, in which every digit is as often. */
export const heldOutRows: readonly number[] = Array.from({ length: heldOutCount }, (_, row) => row);

/** One example as the lab's input. */
export function rowAsInput(row: number): Arrays {
  const { x } = centredDigits();
  const size = paper * paper;
  const data = x?.data.slice(row * size, (row + 1) * size) ?? new Float32Array(size);
  return { x: { shape: [1, paper, paper], data } };
}

/** Numbers in rows and columns, moved to the right and down by whole cells; what comes in is `blank`. */
export function moved(grid: NDArray, right: number, down: number, blank = 0): NDArray {
  const [rows = 0, columns = 0] = grid.shape;
  const result = filled([rows, columns], blank);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [fromRow, fromColumn] = [row - down, column - right];
      if (fromRow < 0 || fromRow >= rows || fromColumn < 0 || fromColumn >= columns) continue;
      result.data[row * columns + column] = grid.data[fromRow * columns + fromColumn] ?? 0;
    }
  }
  return result;
}
