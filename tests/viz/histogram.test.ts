import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogram, spreadOf } from "../../src/viz/histogram.ts";
import { decade, decadesOf, decadeTicks } from "../../src/viz/logAxis.ts";
import { powerOfTenText } from "../../src/viz/numberText.ts";

const finite = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }));

describe("a histogram", () => {
  test("counts every value once, those outside in the outermost part on their side", () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 60 }), (values, bins) => {
        const counts = histogram(values, [-2, 3], bins);
        expect(counts).toHaveLength(bins);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
    expect(histogram([-9, 9, 9], [-1, 1], 4)).toEqual([1, 0, 0, 2]);
  });

  test("puts a value on a border into the upper part, and the upper end into the last", () => {
    expect(histogram([-1, -0.5, 0, 0.5, 1], [-1, 1], 4)).toEqual([1, 1, 1, 2]);
  });

  test("refuses an empty domain", () => {
    expect(() => histogram([1], [1, 1], 4)).toThrow(/low < high/);
  });
});

describe("the spread of numbers", () => {
  test("of 2, 4, 4, 4, 5, 5, 7, 9 is 2 about 5", () => {
    // (9 + 1 + 1 + 1 + 0 + 0 + 4 + 16) / 8 = 4.
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ mean: 5, deviation: 2, largest: 9 });
  });

  test("grows with the numbers, and mean square = square of the mean + square of the deviation", () => {
    fc.assert(
      fc.property(finite, (values) => {
        const { mean, deviation, size } = spreadOf(values);
        expect(size ** 2).toBeCloseTo(mean ** 2 + deviation ** 2, -2);
        expect(spreadOf(values.map((value) => 3 * value)).deviation).toBeCloseTo(3 * deviation, 3);
      }),
    );
  });

  test("of one number often, however large, is 0, and zeros are counted", () => {
    expect(spreadOf([1e8, 1e8, 1e8]).deviation).toBe(0);
    expect(spreadOf([0, -0, 1]).zeros).toBe(2);
    expect(spreadOf([])).toMatchObject({ count: 0, mean: 0, deviation: 0 });
  });
});

describe("an axis of decades", () => {
  test("holds every number above 0, in whole decades, at least one", () => {
    expect(decadesOf([0.002, 5, 0, Number.NaN])).toEqual([-3, 1]);
    expect(decadesOf([100])).toEqual([1, 2]);
    expect(decadesOf([])).toEqual([-1, 0]);
  });

  test("has whole exponents for ticks, not many more than asked for", () => {
    expect(decadeTicks([-3, 1], 6)).toEqual([-3, -2, -1, 0, 1]);
    expect(decadeTicks([-17, 4], 6)).toEqual([-16, -12, -8, -4, 0, 4]);
  });

  test("a number that is not above 0 has no place", () => {
    expect(decade(1000)).toBeCloseTo(3);
    expect(decade(0)).toBeNaN();
  });

  test("writes powers of ten as one does", () => {
    expect([-3, 0, 1, 12].map(powerOfTenText)).toEqual(["10⁻³", "1", "10", "10¹²"]);
  });
});
