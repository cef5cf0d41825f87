import { expect, test } from "vitest";
import { contourLines } from "../../src/viz/contours.ts";

const size = 41;
/** A grid of f over [−2, 2]², rows rising. */
function gridOf(f: (x: number, y: number) => number): Float32Array {
  const at = (i: number) => (4 * i) / (size - 1) - 2;
  return Float32Array.from({ length: size * size }, (_, i) =>
    f(at(i % size), at(Math.floor(i / size))),
  );
}
const inPlane = ([column, row]: readonly [number, number]) =>
  [(4 * column) / (size - 1) - 2, (4 * row) / (size - 1) - 2] as const;

test("the contour of a round hill is one closed circle", () => {
  const lines = contourLines(gridOf(Math.hypot), size, 1.3);
  expect(lines).toHaveLength(1);
  const [line = []] = lines;
  expect(line.at(-1)).toEqual(line[0]);
  for (const point of line) expect(Math.hypot(...inPlane(point))).toBeCloseTo(1.3, 2);
});

test("the contour of a slope is one straight line from edge to edge", () => {
  const lines = contourLines(
    gridOf((x, y) => x + 2 * y),
    size,
    0.5,
  );
  expect(lines).toHaveLength(1);
  for (const point of lines[0] ?? []) {
    const [x, y] = inPlane(point);
    expect(x + 2 * y).toBeCloseTo(0.5, 4);
  }
  const ends = [lines[0]?.[0], lines[0]?.at(-1)].map((point) => inPlane(point ?? [0, 0])[0]);
  expect(ends.sort((a, b) => a - b)).toEqual([-2, 2]);
});

test("a level that no value reaches has no contour, and two hills have two", () => {
  const two = gridOf((x, y) => Math.min(Math.hypot(x - 1, y), Math.hypot(x + 1, y)));
  expect(contourLines(two, size, 9)).toEqual([]);
  expect(contourLines(two, size, 0.5)).toHaveLength(2);
});
