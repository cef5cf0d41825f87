import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";

/** How often a feature is there in the models beside the reader's, from always to seldom. */
export const ladder = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02] as const;

/** The densities of all models: the reader's first. */
export const densities = (own: number): number[] => [own, ...ladder];

/** Iᵢ = decayⁱ for the features 0 … n − 1. */
export function importances(n: number, decay: number): number[] {
  return Array.from({ length: n }, (_, i) => decay ** i);
}

const examples = 4096;

/** Strengths `v` and draws `u`, `[4096, n]` each, uniform on [0, 1). */
export function strengthsAndDraws(n: number, random: () => number): Arrays {
  const drawn = (): NDArray => ({
    shape: [examples, n],
    data: Float32Array.from({ length: examples * n }, random),
  });
  return { v: drawn(), u: drawn() };
}

/** Each feature alone, at full strength: the rows of the identity. */
export function eachAlone(n: number): Arrays {
  const row = (i: number) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0));
  return { v: ndarray(Array.from({ length: n }, (_, i) => row(i))) };
}

/** One model out of a stack `[k, …]`. */
export function modelAt(stack: NDArray | undefined, index: number): NDArray {
  const [, ...shape] = stack?.shape ?? [0, 0];
  const size = shape.reduce((product, length) => product * length, 1);
  const data = stack?.data.slice(index * size, (index + 1) * size) ?? new Float32Array();
  return { shape, data };
}

/** The columns of a matrix `[m, n]`. */
export function columnsOf({ shape, data }: NDArray): readonly (readonly number[])[] {
  const [m = 0, n = 0] = shape;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: m }, (_, row) => data[row * n + i] ?? 0),
  );
}

/** A feature counts as kept when its vector is at least this long, squared. */
const keptFrom = 0.5;

export interface Summary {
  /** Of each feature: ‖W_i‖². */
  readonly norms: readonly number[];
  readonly kept: readonly number[];
  /** The most that the model says of a kept feature when only another one is there, at full strength. */
  readonly interference: number;
}

/** What a model does: from its Gram matrix `[n, n]`, and what it makes of each feature alone `[n, n]`. */
export function summary(G: NDArray, alone: NDArray): Summary {
  const n = G.shape[0] ?? 0;
  const norms = Array.from({ length: n }, (_, i) => G.data[i * n + i] ?? Number.NaN);
  const kept = norms.flatMap((norm, i) => (norm >= keptFrom ? [i] : []));
  const others = kept.flatMap((i) =>
    kept.flatMap((j) => (i === j ? [] : [Math.abs(alone.data[i * n + j] ?? 0)])),
  );
  return { norms, kept, interference: Math.max(0, ...others) };
}
