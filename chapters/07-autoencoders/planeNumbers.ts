import type { NDArray } from "../../src/data/ndarray.ts";

/** Row `row` of an array `[m, d]`. */
export function rowOf(array: NDArray | undefined, row: number): number[] {
  const d = array?.shape.at(-1) ?? 0;
  return Array.from(array?.data.subarray(row * d, (row + 1) * d) ?? []);
}

/** `count` codes on the straight way from one to another, both included. */
export function between(from: readonly number[], to: readonly number[], count: number): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return from.map((number, k) => number + share * ((to[k] ?? 0) - number));
  });
}

/** The rows of `codes` `[m, d]` nearest to a code, nearest first; `but` is left out. */
export function nearest(
  codes: NDArray,
  code: ArrayLike<number>,
  count: number,
  but = -1,
): number[] {
  const [m = 0, d = 0] = codes.shape;
  const best: { readonly row: number; readonly square: number }[] = [];
  for (let row = 0; row < m; row++) {
    if (row === but) continue;
    let square = 0;
    for (let k = 0; k < d; k++) {
      square += ((codes.data[row * d + k] as number) - (code[k] as number)) ** 2;
    }
    const last = best.at(-1);
    if (best.length === count && last && square >= last.square) continue;
    if (best.length === count) best.pop();
    const place = best.findIndex((other) => other.square > square);
    best.splice(place < 0 ? best.length : place, 0, { row, square });
  }
  return best.map(({ row }) => row);
}

/** How many neighbours are asked what a code is. */
export const neighbours = 5;

const shares = new WeakMap<NDArray, number>();

/**
 * The share of codes `[m, d]` whose five nearest others are mostly (or, among equals, first) of their own
 * class: how far a code tells the classes apart. Remembered for each array of codes.
 */
export function shareAtHome(codes: NDArray, classOf: (row: number) => number): number {
  const known = shares.get(codes);
  if (known !== undefined) return known;
  const [m = 0] = codes.shape;
  let right = 0;
  for (let row = 0; row < m; row++) {
    const around = nearest(codes, rowOf(codes, row), neighbours, row).map(classOf);
    if (mostFrequent(around) === classOf(row)) right += 1;
  }
  const share = m === 0 ? Number.NaN : right / m;
  shares.set(codes, share);
  return share;
}

/** What stands most often in a list; the first of several. */
export function mostFrequent(list: readonly number[]): number | undefined {
  const count = (one: number) => list.filter((other) => other === one).length;
  return list.reduce<number | undefined>(
    (best, one) => (best === undefined || count(one) > count(best) ? one : best),
    undefined,
  );
}

/** Pictures as rows `[rows · columns, side²]`, joined without a gap: `[rows · side, columns · side]`. */
export function joined(pictures: NDArray, columns: number, side: number): NDArray {
  const count = pictures.shape[0] ?? 0;
  const across = columns * side;
  const data = new Float32Array(count * side * side);
  for (let i = 0; i < count; i++) {
    const corner = Math.floor(i / columns) * side * across + (i % columns) * side;
    for (let row = 0; row < side; row++) {
      const from = (i * side + row) * side;
      data.set(pictures.data.subarray(from, from + side), corner + row * across);
    }
  }
  return { shape: [Math.ceil(count / columns) * side, across], data };
}

/** A sheet at half its size, in 16 levels: what a page can carry before it is alive. */
export function halved({ shape, data }: NDArray): NDArray {
  const [rows = 0, columns = 0] = shape;
  const [high, wide] = [rows / 2, columns / 2];
  const half = new Float32Array(high * wide);
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      const at = 2 * row * columns + 2 * column;
      const four =
        (data[at] as number) +
        (data[at + 1] as number) +
        (data[at + columns] as number) +
        (data[at + columns + 1] as number);
      half[row * wide + column] = Math.round((15 * four) / 4) / 15;
    }
  }
  return { shape: [high, wide], data: half };
}
