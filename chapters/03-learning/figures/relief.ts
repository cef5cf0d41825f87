import type { NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { evenly } from "../../../src/viz/scale.ts";

/**
 * A surface as it is drawn: 0 at the lowest value, 1 at the highest, by the cube root of the height, so
 * that the floor of a valley can still be told apart under walls a thousand times as high.
 */
export function relief({ shape, data }: NDArray): NDArray {
  const { minimum, maximum } = extentOf(data);
  const span = maximum - minimum || 1;
  return { shape, data: data.map((J) => Math.cbrt((J - minimum) / span)) };
}

/** The heights of the contours, as shares of the drawn relief. */
export const contourLevels = evenly([0.08, 0.98], 13);
