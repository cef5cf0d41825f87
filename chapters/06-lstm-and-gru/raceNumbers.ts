import type { NDArray } from "../../src/data/ndarray.ts";

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** How much of what a gate of bias b keeps is left after so many steps, while its inputs are still small: σ(b)^steps. */
export function leftAfter(bias: number, steps: number): number {
  return sigmoid(bias) ** steps;
}

/**
 * What a gate has left, at the last step, of what the state held after the first: for each unit the product
 * of its values from step 2 on, averaged over the examples. `gates` is `[T, m, H]`.
 */
export function survivals({ shape, data }: NDArray): number[] {
  const [T = 0, m = 0, H = 0] = shape;
  return Array.from({ length: H }, (_, unit) => {
    let sum = 0;
    for (let row = 0; row < m; row++) {
      let left = 1;
      for (let t = 1; t < T; t++) left *= data[(t * m + row) * H + unit] ?? Number.NaN;
      sum += left;
    }
    return sum / m;
  });
}
