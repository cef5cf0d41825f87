import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchIndices, exampleCount, takeRows } from "../../src/training/batches.ts";

const plans = fc.record({
  seed: fc.maxSafeInteger(),
  size: fc.integer({ min: 1, max: 30 }),
  batchSize: fc.integer({ min: 1, max: 40 }),
});
const ascending = (size: number) => Array.from({ length: size }, (_, index) => index);

/** All the examples of the first `steps` steps, in one row. */
const rowOf = (seed: number, size: number, batchSize: number, steps: number) =>
  ascending(steps).flatMap((step) => batchIndices(seed, step, size, batchSize));

describe("the batches of a run", () => {
  test("hold each example exactly once an epoch", () => {
    fc.assert(
      fc.property(plans, ({ seed, size, batchSize }) => {
        const row = rowOf(seed, size, batchSize, 3 * size);
        for (let epoch = 0; epoch < 3; epoch++) {
          const seen = row.slice(epoch * size, (epoch + 1) * size);
          expect(seen.toSorted((a, b) => a - b)).toEqual(ascending(size));
        }
      }),
    );
  });

  test("have one length, at most that of the data", () => {
    fc.assert(
      fc.property(plans, fc.nat(1000), ({ seed, size, batchSize }, step) => {
        expect(batchIndices(seed, step, size, batchSize)).toHaveLength(Math.min(batchSize, size));
      }),
    );
  });

  test("are the same whatever was asked before", () => {
    const late = batchIndices(4, 1000, 10, 3);
    for (let seed = 0; seed < 40; seed++) batchIndices(seed, 7, 10, 3);
    expect(batchIndices(4, 1000, 10, 3)).toEqual(late);
  });

  test("come in another order in another epoch and under another seed", () => {
    const epoch = (seed: number, number: number) =>
      rowOf(seed, 20, 1, 20 * (number + 1)).slice(20 * number);
    expect(epoch(1, 0)).not.toEqual(epoch(1, 1));
    expect(epoch(1, 0)).not.toEqual(epoch(2, 0));
  });

  test("are everything, in order, when the batch size is 0", () => {
    expect(batchIndices(1, 5, 4, 0)).toEqual([0, 1, 2, 3]);
    expect(batchIndices(1, 5, 0, 3)).toEqual([]);
  });

  test("cannot be changed by who asks for them", () => {
    const batch = batchIndices(1, 0, 4, 4) as number[];
    const copy = [...batch];
    batch.fill(9);
    expect(batchIndices(1, 0, 4, 4)).toEqual(copy);
  });
});

describe("taking rows", () => {
  const arrays = {
    x: { shape: [3, 2], data: Float32Array.of(0, 1, 10, 11, 20, 21) },
    y: { shape: [3], data: Float32Array.of(0, 1, 2) },
  };

  test("takes the same examples of every array, in the order asked", () => {
    expect(takeRows(arrays, [2, 0, 2])).toEqual({
      x: { shape: [3, 2], data: Float32Array.of(20, 21, 0, 1, 20, 21) },
      y: { shape: [3], data: Float32Array.of(2, 0, 2) },
    });
    expect(takeRows(arrays, [])).toEqual({
      x: { shape: [0, 2], data: new Float32Array(0) },
      y: { shape: [0], data: new Float32Array(0) },
    });
  });

  test("copies", () => {
    takeRows(arrays, [0]).x?.data.fill(9);
    expect(arrays.x.data[0]).toBe(0);
  });

  test.each([-1, 3, 0.5, Number.NaN])("refuses example %s", (index) => {
    expect(() => takeRows(arrays, [0, index])).toThrow(
      `Expected examples from 0 to 2, got example ${index}.`,
    );
  });

  test("refuses arrays of different lengths, single numbers and nothing", () => {
    const y = { shape: [2], data: new Float32Array(2) };
    expect(() => exampleCount({ x: arrays.x, y })).toThrow("x is [3, 2] and y is [2]");
    const scalar = { shape: [], data: new Float32Array(1) };
    expect(() => exampleCount({ y: scalar })).toThrow("y is a single number");
    expect(() => exampleCount({})).toThrow("at least one array, got none");
    expect(exampleCount(arrays)).toBe(3);
  });
});
