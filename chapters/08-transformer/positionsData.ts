import { type Arrays, entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";

/** The curves that the lab learns from. */
const curves = 512;
/** The fastest wave turns so far from one place to the next, in radians. */
const fastest = 0.5;
/** The deviation of what blurs each reading. */
const blur = 0.4;

/** A wave of any length, read at T places, each reading blurred. */
function curve(T: number, random: () => number): number[] {
  const speed = fastest * random();
  const start = 2 * Math.PI * random();
  return Array.from({ length: T }, (_, t) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.SQRT2 * Math.cos(speed * t + start) + blur * normal;
  });
}

/** `x` [512, T]: blurred waves of mean square 1, each of another length. */
export function blurredWaves(T: number, random: () => number): Arrays {
  return { x: ndarray(Array.from({ length: curves }, () => curve(T, random))) };
}

/** `x` [1, T]: the curve that the lab looks at. */
export function oneCurve(T: number): Arrays {
  const random = randomStream(3, "the curve to look at");
  return { x: ndarray([curve(T, () => random.uniform())]) };
}

/** The most words of a sentence. */
export const mostWords = 12;

/** The words of what was typed; one, where none was. */
export function wordsIn(sentence: string): string[] {
  const words = sentence.toLowerCase().match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
  return words.length > 0 ? words.slice(0, mostWords) : ["the"];
}

/** Each word by the number of its kind, in the order in which new ones come. `[1, n]` */
export function wordNumbers(words: readonly string[]): NDArray {
  const kinds = [...new Set(words)];
  return ndarray([words.map((word) => kinds.indexOf(word))]);
}

/** The radians by which pair i of a code of d numbers turns from one place to the next: ω_i. */
export function omega(i: number, d: number): number {
  return 10_000 ** ((-2 * i) / d);
}

/** What the products of a table's rows are at one distance, as shares of the mean product of a row with itself. */
export interface AtDistance {
  readonly distance: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** The products of places `[T, T]` by their distance, from 0 to T − 1. */
export function byDistance(products: NDArray): AtDistance[] {
  const T = products.shape[0] ?? 0;
  const along = (distance: number) =>
    Array.from({ length: T - distance }, (_, t) => entry(products, t * T + t + distance));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const self = mean(along(0)) || 1;
  return Array.from({ length: T }, (_, distance) => {
    const values = along(distance).map((value) => value / self);
    return {
      distance,
      mean: mean(values),
      least: Math.min(...values),
      most: Math.max(...values),
    };
  });
}

/** How much of its attention a place gives to the two nearest on each side, as the mean of the first `count` places. */
export function nearShare(A: NDArray, count: number): number {
  const T = A.shape[0] ?? 0;
  const near = (t: number) =>
    [t - 2, t - 1, t + 1, t + 2]
      .filter((s) => s >= 0 && s < T)
      .reduce((sum, s) => sum + entry(A, t * T + s), 0);
  const places = Array.from({ length: Math.min(count, T) }, (_, t) => near(t));
  return places.reduce((sum, share) => sum + share, 0) / places.length;
}
