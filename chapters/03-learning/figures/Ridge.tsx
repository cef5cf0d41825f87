import { memo } from "react";
import { histogram, type Spread } from "../../../src/viz/histogram.ts";

/** Bins on either side of zero. */
const half = 24;

interface RidgeProps {
  readonly values: Float32Array;
  readonly spread: Spread;
  /** The distance from zero at either end of the picture. */
  readonly reach: number;
}

/**
 * How the values of a layer lie about zero: their histogram, the highest bin as high as the row. Values
 * that are exactly zero stand apart, as a line whose height is their share.
 */
export const Ridge = memo(function Ridge({ values, spread, reach }: RidgeProps) {
  const others = values.filter((value) => value !== 0);
  const counts = histogram(others, [-reach, reach], 2 * half);
  const highest = Math.max(1, ...counts);
  const heights = counts.map((count) => count / highest);
  const zeros = spread.count === 0 ? 0 : spread.zeros / spread.count;
  return (
    <svg
      className="ridge"
      viewBox={`${-half} -1 ${2 * half} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="ridge-negative" d={steps(heights.slice(0, half), -half)} />
      <path className="ridge-positive" d={steps(heights.slice(half), 0)} />
      <path className="ridge-zero" d={`M0 0V${-Math.max(zeros, 1e-3)}`} />
      <path className="ridge-base" d={`M${-half} 0H${half}`} />
    </svg>
  );
});

/** A filled outline of bars of width 1, from `from` on. */
function steps(heights: readonly number[], from: number): string {
  const tops = heights.map((height) => `V${(-height).toFixed(3)}h1`).join("");
  return `M${from} 0${tops}V0Z`;
}
