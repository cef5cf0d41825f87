import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { singularValues } from "../../src/viz/singularValues.ts";

const squares = fc
  .integer({ min: 1, max: 5 })
  .chain((n) =>
    fc
      .array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((data) => ({ n, data })),
  );

describe("singular values", () => {
  test("of a diagonal matrix are the sizes of its entries, largest first", () => {
    expect(singularValues([-2, 0, 0, 3], 2, 2)).toEqual([3, 2]);
  });

  test("of a turn are all 1, and of a matrix of rank one all but one are 0", () => {
    for (const value of singularValues([0.8, -0.6, 0.6, 0.8], 2, 2))
      expect(value).toBeCloseTo(1, 12);
    const [largest, least] = singularValues([1, 2, 2, 4], 2, 2);
    expect(largest).toBeCloseTo(5, 12);
    expect(least).toBeCloseTo(0, 12);
  });

  test("of [[3, 0], [4, 5]] are √45 and √5", () => {
    // The eigenvalues of AᵀA = [[25, 20], [20, 25]] are 45 and 5.
    const [largest, least] = singularValues([3, 0, 4, 5], 2, 2);
    expect(largest).toBeCloseTo(Math.sqrt(45), 12);
    expect(least).toBeCloseTo(Math.sqrt(5), 12);
  });

  test("have squares that add up to those of all entries", () => {
    fc.assert(
      fc.property(squares, ({ n, data }) => {
        const sum = singularValues(data, n, n).reduce((total, value) => total + value ** 2, 0);
        const entries = data.reduce((total, entry) => total + entry ** 2, 0);
        expect(Math.abs(sum - entries)).toBeLessThanOrEqual(1e-9 * Math.max(1, entries));
      }),
    );
  });

  test("do not change when the matrix is transposed", () => {
    fc.assert(
      fc.property(squares, ({ n, data }) => {
        const transposed = data.map((_, i) => data[(i % n) * n + Math.floor(i / n)] ?? 0);
        const [a, b] = [singularValues(data, n, n), singularValues(transposed, n, n)];
        for (const [i, value] of a.entries())
          expect(Math.abs(value - (b[i] ?? 0))).toBeLessThan(1e-6);
      }),
    );
  });

  test("of a matrix that is not one are refused in words", () => {
    expect(() => singularValues([1, 2, 3], 2, 2)).toThrow("expected 2 × 2 numbers, got 3");
  });
});
