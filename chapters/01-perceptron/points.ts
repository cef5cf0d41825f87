import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { type GateName, gridPoints, logicGate, twoBlobs } from "../../src/data/points.ts";

/** The square of the plane that the line lab shows; the four corners of the gates lie well inside. */
export const plane = { from: -0.6, to: 1.6, steps: 45 } as const;

/** The four inputs of a gate. */
export const corners = ndarray([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

/** The middles of a grid of cells over the plane: [steps², 2], x₁ running fastest, x₂ rising. */
export function planeGrid() {
  const half = (plane.to - plane.from) / plane.steps / 2;
  return gridPoints(plane.from + half, plane.to - half, plane.steps);
}

/** The points of a task: a gate's four corners, or two clouds that a line can part. */
export function pointsOf(task: GateName | "clouds", random: () => number): Arrays {
  if (task !== "clouds") return logicGate(task);
  const clouds = twoBlobs({ each: 16, centre: [-0.38, 0.38], deviation: 0.17 }, random);
  const { shape, data } = clouds.x as NDArray;
  return { ...clouds, x: { shape, data: data.map((value) => value + 0.5) } };
}
