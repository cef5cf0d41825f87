import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { type Domain, evenly } from "../../src/viz/scale.ts";
import { bestAnswer, bestWeights, tinyWeightNames } from "./tinyWeights.ts";

/** How many of its last points each descent remembers, so that its path can be drawn. */
export const trailLength = 400;

/** Beyond ±this, in either coordinate, every surface goes on level. */
export const mapEnd = 30;

/** Cells of the picture of a surface, along each side. */
export const mapSteps = 80;

/** The part of a surface that is drawn, and its lowest points. */
export interface SurfaceMap {
  readonly x: Domain;
  readonly y: Domain;
  readonly minima: readonly (readonly [number, number])[];
}

const maps = {
  bowl: { x: [-4, 4], y: [-4, 4], minima: [[0, 0]] },
  valley: { x: [-5, 5], y: [-2.5, 2.5], minima: [[0, 0]] },
  rosenbrock: { x: [-2, 2], y: [-1, 3], minima: [[1, 1]] },
  himmelblau: {
    x: [-5, 5],
    y: [-5, 5],
    // Where both brackets are 0, to four decimals.
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
  line: { x: [-3, 3], y: [-3, 3], minima: [] },
} as const satisfies Readonly<Record<string, SurfaceMap>>;

/** The pairs of the small network's weights that the lab offers as the two axes. */
export const weightPairs = [
  { value: "w_1 v_1", label: "w₁ and v₁" },
  { value: "w_1 b_1", label: "w₁ and b₁" },
  { value: "w_1 w_2", label: "w₁ and w₂" },
  { value: "v_1 v_2", label: "v₁ and v₂" },
] as const;

/** The places in `tinyWeightNames` of the two weights of a pair. */
export function placesOf(pair: string): readonly [number, number] {
  const names: readonly string[] = tinyWeightNames;
  const [first, second] = pair.split(" ").map((name) => names.indexOf(name));
  if (first === undefined || second === undefined || first < 0 || second < 0 || first === second) {
    throw new RangeError(
      `Expected two different weights of ${tinyWeightNames.join(", ")}, got "${pair}".`,
    );
  }
  return [first, second];
}

/** The map of a surface; of the network's, for these two weights. */
export function mapOf(surface: string, pair: string): SurfaceMap {
  if (surface !== "network") return maps[surface as keyof typeof maps];
  const minimum = placesOf(pair).map((place) => bestWeights[place] ?? 0) as [number, number];
  return { x: [-4, 4], y: [-4, 4], minima: [minimum] };
}

/** The middles of the cells of a map: [mapSteps², 2], the first coordinate running fastest, both rising. */
export function mapGrid({ x, y }: SurfaceMap): NDArray {
  const middles = ([low, high]: Domain): number[] => {
    const half = (high - low) / mapSteps / 2;
    return evenly([low + half, high - half], mapSteps);
  };
  const columns = middles(x);
  return ndarray(middles(y).flatMap((row) => columns.map((column) => [column, row])));
}

/** Twelve numbers from −3 to 3: the examples of the two models. */
const examples = evenly([-3, 3], 12);

/** What the line should answer: near 0.8 x + 0.5, off it by a fixed pattern. */
const lineAnswers = examples.map((x, i) => 0.8 * x + 0.5 + 0.6 * Math.sin(5 * i));

/** The examples of a surface: of a test surface none, but for one that nobody looks at. */
export function examplesOf(surface: string): { x: NDArray; y: NDArray } {
  if (surface === "line") return { x: ndarray(examples), y: ndarray(lineAnswers) };
  if (surface === "network") {
    return { x: ndarray(examples), y: ndarray(examples.map((x) => bestAnswer(x))) };
  }
  return { x: ndarray([0]), y: ndarray([0]) };
}
