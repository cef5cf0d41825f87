import type { Domain } from "./scale.ts";

/**
 * How many of the values fall into each of `bins` equal parts of the domain. A value on the border of
 * two parts belongs to the upper one; what lies outside is counted in the outermost part on its side.
 *
 * @throws RangeError when the domain is empty, or `bins` not a whole number from 1
 */
export function histogram(
  values: Iterable<number>,
  [low, high]: Domain,
  bins: number,
): readonly number[] {
  if (!(high > low) || !Number.isInteger(bins) || bins < 1) {
    throw new RangeError(
      `histogram: expected low < high and a whole number of bins from 1, got [${low}, ${high}] and ${bins}.`,
    );
  }
  const counts = new Array<number>(bins).fill(0);
  const perUnit = bins / (high - low);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((value - low) * perUnit)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** What a cloud of numbers is like: all of it that a row of histograms needs. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation, dividing by the count. */
  readonly deviation: number;
  /** The root of the mean square. */
  readonly size: number;
  /** The largest distance from 0. */
  readonly largest: number;
  /** How many are exactly 0. */
  readonly zeros: number;
}

/** Mean, standard deviation and size of these numbers; of none, all are 0. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const count = values.length;
  let [sum, squares, largest, zeros] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? 0;
    sum += value;
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
    if (value === 0) zeros += 1;
  }
  const mean = count === 0 ? 0 : sum / count;
  // A second pass: the difference of two large sums would lose a small deviation.
  let differences = 0;
  for (let i = 0; i < count; i++) differences += ((values[i] ?? 0) - mean) ** 2;
  const of = Math.max(1, count);
  return {
    count,
    mean,
    deviation: Math.sqrt(differences / of),
    size: Math.sqrt(squares / of),
    largest,
    zeros,
  };
}
