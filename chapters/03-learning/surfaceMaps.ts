import type { Domain } from "../../src/viz/scale.ts";
import { bestWeights, tinyWeightNames } from "./tinyWeights.ts";

/** How many of its last points each descent remembers, so that its path can be drawn. */
export const trailLength = 400;

/** Beyond ±this, in either coordinate, every surface goes on level. */
export const mapEnd = 30;

/** Cells of the picture of a surface, along each side. */
export const mapSteps = 72;

/** The part of a surface that is drawn. */
export interface SurfaceMap {
  readonly x: Domain;
  readonly y: Domain;
  /** Its lowest points. */
  readonly minima: readonly (readonly [number, number])[];
}

const tests: Readonly<Record<string, SurfaceMap>> = {
  bowl: { x: [-4, 4], y: [-4, 4], minima: [[0, 0]] },
  valley: { x: [-5, 5], y: [-2.5, 2.5], minima: [[0, 0]] },
  rosenbrock: { x: [-2, 2], y: [-1, 3], minima: [[1, 1]] },
  himmelblau: {
    x: [-5, 5],
    y: [-5, 5],
    // The roots of both brackets, to four decimals.
    minima: [
      [3, 2],
      [-2.8051, 3.1313],
      [-3.7793, -3.2832],
      [3.5844, -1.8481],
    ],
  },
  saddle: {
    x: [-2.5, 2.5],
    y: [-2.5, 2.5],
    minima: [
      [0, Math.SQRT2],
      [0, -Math.SQRT2],
    ],
  },
};
