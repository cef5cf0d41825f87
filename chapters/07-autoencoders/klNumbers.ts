import type { Arrays } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";
import { evenly } from "../../src/viz/scale.ts";

/** Where q and p begin: means, and logarithms of variances. */
export const klStart = {
  mu_q: -1,
  log_var_q: 2 * Math.log(0.7),
  mu_p: 1,
  log_var_p: 2 * Math.log(1.3),
} as const;

/** Densities are looked at here, and integrals taken. */
export const klReach = 8;
export const klAxis = Float32Array.from(evenly([-klReach, klReach], 641));

/** So many draws an estimate is made of: 1, 2, 4, …. */
export const counts = Array.from({ length: 12 }, (_, i) => 2 ** i);
/** Estimates of each count, from draws of their own. */
export const runs = 40;

const known = new Map<number, Arrays>();

/** The draws that belong to a number: `x` and `coin`, `[runs, 2048]`. */
export function drawsOf(draw: number): Arrays {
  const made = known.get(draw);
  if (made) return made;
  const random = randomStream(draw, "draws for an estimate");
  const shape = [runs, counts.at(-1) as number];
  const length = runs * (counts.at(-1) as number);
  const arrays = {
    x: { shape, data: Float32Array.from({ length }, () => random.normal()) },
    coin: { shape, data: Float32Array.from({ length }, () => (random.uniform() < 0.5 ? -1 : 1)) },
  };
  if (known.size > 3) known.clear();
  known.set(draw, arrays);
  return arrays;
}

/** The root of the mean squared distance of each count's estimates from the true value: `[counts]`. */
export function errorsByCount(estimates: ArrayLike<number>, truth: number): number[] {
  const rows = estimates.length / counts.length;
  return counts.map((_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      sum += ((estimates[row * counts.length + column] as number) - truth) ** 2;
    }
    return Math.sqrt(sum / rows);
  });
}
