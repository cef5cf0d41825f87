import type { NDArray } from "../../src/data/ndarray.ts";
import { rasterise } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";

/** Cells a side of the pictures that kernels look at. */
export const sceneSide = 40;

/** How dark the picture is at a point of the unit square, (0, 0) at the top left. */
type Scene = (x: number, y: number) => number;

const ballRadius = 0.24;

/** A ball and a block on a table, lit from the top left. */
const ballAndBlock: Scene = (x, y) => {
  const [dx, dy] = [(x - 0.36) / ballRadius, (y - 0.52) / ballRadius];
  const square = dx * dx + dy * dy;
  if (square < 1) {
    const lit = -0.5 * dx - 0.6 * dy + 0.62 * Math.sqrt(1 - square);
    return Math.min(1, Math.max(0, 0.95 - 0.95 * Math.max(0, lit)));
  }
  if (x > 0.66 && x < 0.9 && y > 0.4 && y < 0.76) return x < 0.8 ? 0.5 : 0.8;
  const inShadow = ((x - 0.52) / 0.3) ** 2 + ((y - 0.77) / 0.06) ** 2 < 1;
  if (inShadow) return 0.6;
  return y > 0.62 ? 0.3 : 0.05 + 0.15 * y;
};

const house: Scene = (x, y) => {
  const inRoof = y > 0.14 && y < 0.44 && Math.abs(x - 0.5) < (y - 0.14) * 1.25;
  if (inRoof) return 0.85;
  const inWalls = x > 0.2 && x < 0.8 && y >= 0.44 && y < 0.88;
  if (!inWalls) return y >= 0.88 ? 0.35 : 0.05;
  const inDoor = x > 0.55 && x < 0.69 && y > 0.6;
  const inWindow = x > 0.29 && x < 0.45 && y > 0.54 && y < 0.7;
  return inDoor || inWindow ? 0.95 : 0.25;
};

/** From even on the left, by a slope, to stripes that grow finer. */
const slopes: Scene = (x, y) => {
  if (y < 0.34) return x;
  if (y < 0.67) return Math.floor(x * 5) / 5;
  return 0.5 + 0.5 * Math.sin(60 * x * x);
};

export const sceneNames = ["ball", "house", "slopes", "digit"] as const;
export type SceneName = (typeof sceneNames)[number];

const scenes = { ball: ballAndBlock, house, slopes } as const;

/** How many points of a cell are looked at, each way, so that edges are grey. */
const finer = 3;

/** A picture of the book's own: `[40, 40, 1]`, from 0 to 1. */
export function sceneCells(name: SceneName): NDArray {
  const shape = [sceneSide, sceneSide, 1];
  if (name === "digit") {
    return { shape, data: rasterise(digitStrokes(5), sceneSide, middlePen) };
  }
  const at = scenes[name];
  const points = Array.from({ length: finer }, (_, i) => (i + 0.5) / finer);
  const data = Float32Array.from({ length: sceneSide ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / sceneSide), i % sceneSide];
    const sum = points.flatMap((dy) =>
      points.map((dx) => at((column + dx) / sceneSide, (row + dy) / sceneSide)),
    );
    return sum.reduce((total, value) => total + value, 0) / finer ** 2;
  });
  return { shape, data };
}
