import type { Arrays, NDArray } from "./ndarray.ts";

/** The logic gates of two inputs, each by its answers to (0, 0), (0, 1), (1, 0) and (1, 1). */
const gateAnswers = {
  AND: [0, 0, 0, 1],
  OR: [0, 1, 1, 1],
  NAND: [1, 1, 1, 0],
  XOR: [0, 1, 1, 0],
} as const;

export type GateName = keyof typeof gateAnswers;
export const gateNames = Object.keys(gateAnswers) as readonly GateName[];

/** A logic gate as data: `x` [4, 2] are the corners (0, 0), (0, 1), (1, 0), (1, 1), `y` [4] its answers, 0 or 1. */
export function logicGate(name: GateName): Arrays {
  return {
    x: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
    y: { shape: [4], data: Float32Array.from(gateAnswers[name]) },
  };
}

export interface BlobsOptions {
  /** Points in each of the two. */
  readonly each: number;
  /** Where the centre of the class with y = 0 is; the other's is opposite. */
  readonly centre?: readonly [number, number];
  /** Standard deviation of each coordinate. */
  readonly deviation?: number;
}

/**
 * Two round clouds of points, opposite each other across the origin: `x` [2·each, 2], `y` [2·each],
 * first those with y = 0, then those with y = 1.
 *
 * `random` is uniform on [0, 1).
 */
export function twoBlobs(
  { each, centre = [-1, -1], deviation = 0.5 }: BlobsOptions,
  random: () => number,
): Arrays {
  const count = 2 * each;
  const x = new Float32Array(2 * count);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const side = i < each ? 1 : -1;
    y[i] = i < each ? 0 : 1;
    // Box & Muller 1958, in polar form: 1 − u is in (0, 1], so the logarithm is finite.
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    x[2 * i] = side * centre[0] + radius * Math.cos(angle);
    x[2 * i + 1] = side * centre[1] + radius * Math.sin(angle);
  }
  return { x: { shape: [count, 2], data: x }, y: { shape: [count], data: y } };
}

/**
 * `count` numbers at equal distances from `min` to `max`, both included: [count].
 *
 * @throws RangeError when `count` is not a whole number from 2
 */
export function range(min: number, max: number, count: number): NDArray {
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(`Expected a whole number from 2 of points in a range, got ${count}.`);
  }
  const data = Float32Array.from(
    { length: count },
    (_, i) => min + ((max - min) * i) / (count - 1),
  );
  return { shape: [count], data };
}

/**
 * The points of a square grid from (min, min) to (max, max): [count², 2]. The first coordinate moves
 * fastest, so a surface over the grid is `count` rows with the second coordinate ascending.
 *
 * @throws RangeError when `count` is not a whole number from 2
 */
export function gridPoints(min: number, max: number, count: number): NDArray {
  const line = range(min, max, count).data;
  const data = new Float32Array(2 * count * count);
  for (const [row, second] of line.entries()) {
    for (const [column, first] of line.entries()) {
      data.set([first, second], 2 * (row * count + column));
    }
  }
  return { shape: [count * count, 2], data };
}
