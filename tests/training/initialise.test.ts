import { describe, expect, test } from "vitest";
import type { Initialiser } from "../../src/models/program.ts";
import { initialParameters } from "../../src/training/initialise.ts";

const drawn = (initial: Initialiser, shape: readonly number[] = [100, 100], seed = 1) =>
  initialParameters({ w: { shape, initial } }, seed).w;

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

test("constants and listed values start as they say", () => {
  expect(drawn({ kind: "constant", value: 0.25 }, [2])?.data).toEqual(Float32Array.of(0.25, 0.25));
  const values = drawn({ kind: "values", values: [1, 2, 3, 4] }, [2, 2]);
  expect(values).toEqual({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  expect(drawn({ kind: "constant", value: 3 }, [])).toEqual({
    shape: [],
    data: Float32Array.of(3),
  });
});

test("listed values that do not fill the shape are refused", () => {
  expect(() => drawn({ kind: "values", values: [1, 2] }, [3])).toThrow(
    "Parameter w is [3], so it starts from 3 values; its initialiser lists 2.",
  );
});

describe("random values have the spread of their rule", () => {
  // Bound of a uniform distribution: √3 deviations.
  test.each([
    ["uniform", { kind: "uniform", limit: 0.3 }, 0.3 / Math.sqrt(3), 0.3],
    ["normal", { kind: "normal", deviation: 0.2 }, 0.2, Number.POSITIVE_INFINITY],
    [
      "Xavier: √(6 / (fanIn + fanOut))",
      { kind: "xavier", fanIn: 4, fanOut: 2 },
      1 / Math.sqrt(3),
      1,
    ],
    ["He: √(2 / fanIn)", { kind: "he", fanIn: 8 }, 0.5, Number.POSITIVE_INFINITY],
  ] as const)("%s", (_name, initial, expected, limit) => {
    const values = drawn(initial)?.data as Float32Array;
    expect(deviation(values) / expected).toBeCloseTo(1, 1);
    expect(values.every((value) => Math.abs(value) <= Math.fround(limit))).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05 * expected);
  });
});

test("the same seed draws the same values, another seed others", () => {
  const initial = { kind: "normal", deviation: 1 } as const;
  expect(drawn(initial, [5], 3)).toEqual(drawn(initial, [5], 3));
  expect(drawn(initial, [5], 3)).not.toEqual(drawn(initial, [5], 4));
});

test("a parameter's values do not depend on the other parameters", () => {
  const w = { shape: [3], initial: { kind: "normal", deviation: 1 } } as const;
  const alone = initialParameters({ w }, 1);
  const together = initialParameters({ first: w, w, last: w }, 1);
  expect(together.w).toEqual(alone.w);
  expect(together.first).not.toEqual(together.w);
});
