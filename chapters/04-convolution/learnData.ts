import type { NDArray } from "../../src/data/ndarray.ts";
import { strokeDigits } from "../../src/data/strokeDigits.ts";

/** Pixels a side, and how many pictures. */
export const pictureSide = 16;
export const pictureCount = 20;

export type PictureKind = "digits" | "noise" | "stripes";

/** Pictures to learn from: `[m, 16, 16]`, from 0 to 1. Stripes are even from top to bottom. */
export function learnPictures(kind: PictureKind, random: () => number): NDArray {
  const shape = [pictureCount, pictureSide, pictureSide];
  if (kind === "digits") return strokeDigits({ count: pictureCount, size: pictureSide }, random).x;
  const columns = Float32Array.from({ length: pictureCount * pictureSide }, random);
  const data = Float32Array.from({ length: pictureCount * pictureSide ** 2 }, (_, i) => {
    if (kind === "noise") return random();
    const picture = Math.floor(i / pictureSide ** 2);
    return columns[picture * pictureSide + (i % pictureSide)] as number;
  });
  return { shape, data };
}

/**
 * What a kernel of 3 × 3 answers to pictures `[m, n, n]`, at those places where a window of k × k about
 * the same middle fits: `[m, n − k + 1, n − k + 1]`. k is odd, from 3.
 */
export function answersTo(pictures: NDArray, weights: readonly number[], k: number): NDArray {
  const [m = 0, n = 0] = pictures.shape;
  const size = n - k + 1;
  const margin = (k - 3) / 2;
  const data = new Float32Array(m * size * size);
  for (let i = 0; i < data.length; i++) {
    const [picture, place] = [Math.floor(i / size ** 2), i % size ** 2];
    const [row, column] = [Math.floor(place / size) + margin, (place % size) + margin];
    let sum = 0;
    for (const [at, weight] of weights.entries()) {
      const [down, right] = [Math.floor(at / 3), at % 3];
      sum += weight * (pictures.data[(picture * n + row + down) * n + column + right] as number);
    }
    data[i] = sum;
  }
  return { shape: [m, size, size], data };
}

/** The target's nine weights in the words of a setting, row by row. */
export function targetText(weights: readonly number[]): string {
  return weights.map((weight) => String(Number(weight.toFixed(4)))).join(" ");
}

/** The nine weights that a text says; what is missing or no number is 0. */
export function targetWeights(text: unknown): number[] {
  const words = String(text)
    .trim()
    .split(/[\s,;]+/);
  return Array.from({ length: 9 }, (_, i) => {
    const value = Number((words[i] ?? "").replace("−", "-"));
    return Number.isFinite(value) ? value : 0;
  });
}
