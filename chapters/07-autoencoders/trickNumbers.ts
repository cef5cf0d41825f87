import type { NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { type Spread, spreadOf } from "../../src/viz/histogram.ts";
import { countText, numberText } from "../../src/viz/numberText.ts";

/** One way to estimate the gradient of the mean cost at one μ: what each draw says, and all together. */
export interface Estimate extends Spread {
  readonly each: Float32Array;
}

export interface Estimates {
  readonly pathwise: Estimate;
  readonly score: Estimate;
  /** Their variances' quotient: so many draws the score function needs where the trick needs one. */
  readonly ratio: number;
}

/** Column `k` of an array `[S, d]`. */
function column({ shape, data }: NDArray, k: number): Float32Array {
  const [S = 0, d = 1] = shape;
  return Float32Array.from({ length: S }, (_, row) => data[row * d + k] as number);
}

function estimateOf(gradients: NDArray, k: number): Estimate {
  const each = column(gradients, k);
  return { ...spreadOf(each), each };
}

/**
 * What the draws say of the gradient at μ of number `k` of a code of `d`; null where they are not being
 * watched, or are still of a code of another length.
 */
export function estimatesOf(values: Frame["values"], k: number, d: number): Estimates | null {
  const [path, scores] = [values["grad pathwise.mu@draws"], values["grad score.mu@draws"]];
  if (!path || !scores || path.shape[1] !== d || scores.shape[1] !== d || k >= d) return null;
  const [pathwise, score] = [estimateOf(path, k), estimateOf(scores, k)];
  return { pathwise, score, ratio: (score.deviation / pathwise.deviation) ** 2 };
}

/** The gradient itself: the mean of what the draws of a grid say, by their weights; null where there is no grid. */
export function exactGradient(
  values: Frame["values"],
  k: number,
  weights: readonly number[],
): number | null {
  const gradients = values["grad pathwise.mu@grid"];
  if (!gradients || gradients.shape[0] !== weights.length || k >= (gradients.shape[1] ?? 0)) {
    return null;
  }
  return column(gradients, k).reduce(
    (sum, slope, row) => sum + slope * (weights[row] as number),
    0,
  );
}

/** A large number to two digits: 2 800. */
export const roughly = (number: number): string =>
  number < 100 ? numberText(number, 2) : countText(Number(number.toPrecision(2)));
