import fc from "fast-check";
import { expect, test } from "vitest";
import { Curve } from "../../src/training/curve.ts";

test("a short curve is kept whole", () => {
  const curve = new Curve(5);
  for (let step = 0; step < 5; step++) curve.add(step, 1 - step / 10);
  expect(curve.points).toEqual({ steps: [0, 1, 2, 3, 4], losses: [1, 0.9, 0.8, 0.7, 0.6] });
});

test("a long curve keeps its first and last point and at most so many", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 20 }), gaps, (limit, strides) => {
      const curve = new Curve(limit);
      let step = 0;
      curve.add(0, 0);
      for (const stride of strides) {
        step += stride;
        curve.add(step, step / 2);
        const { steps, losses } = curve.points;
        expect(steps.length).toBeLessThanOrEqual(limit);
        expect([steps[0], steps.at(-1)]).toEqual([0, step]);
        expect(losses).toEqual(steps.map((at) => at / 2));
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }
    }),
  );
});

test("a curve of a step each has points at least half as many as there may be", () => {
  const curve = new Curve(20);
  for (let step = 0; step < 1000; step++) {
    curve.add(step, 1);
    if (step > 20) expect(curve.points.steps.length).toBeGreaterThanOrEqual(10);
  }
});

test("a point at an earlier step takes the place of all that followed", () => {
  const curve = new Curve(10);
  for (let step = 0; step < 6; step++) curve.add(step, 1);
  curve.add(3, 0.5);
  expect(curve.points).toEqual({ steps: [0, 1, 2, 3], losses: [1, 1, 1, 0.5] });
  curve.truncateAfter(1);
  expect(curve.points.steps).toEqual([0, 1]);
  curve.clear();
  expect(curve.points).toEqual({ steps: [], losses: [] });
});

test("a loss that is not finite is left out", () => {
  const curve = new Curve(10);
  curve.add(0, Number.NaN);
  curve.add(1, Number.POSITIVE_INFINITY);
  curve.add(2, 0.5);
  expect(curve.points).toEqual({ steps: [2], losses: [0.5] });
});

test("a curve needs room for three points", () => {
  expect(() => new Curve(2)).toThrow("at least 3 points, got 2");
});

test("what is recorded beside the loss stays with its step, however the curve is thinned", () => {
  const curve = new Curve(4);
  for (let step = 0; step < 20; step++) curve.add(step, 1, [2 * step]);
  expect(curve.others).toEqual(curve.points.steps.map((step) => [2 * step]));
});
