import { describe, expect, test } from "vitest";
import {
  between,
  halved,
  joined,
  mostFrequent,
  nearest,
  shareAtHome,
} from "../../chapters/07-autoencoders/planeNumbers.ts";
import { estimateWatches, gridWeights, trickLab } from "../../chapters/07-autoencoders/trickLab.ts";
import { estimatesOf, exactGradient } from "../../chapters/07-autoencoders/trickNumbers.ts";
import { ndarray } from "../../src/data/ndarray.ts";
import { runningLab } from "../contract/runningLab.ts";

const folder = "07-autoencoders";

describe("codes on a plane", () => {
  test("the way between two codes begins at the one and ends at the other, in equal steps", () => {
    expect(between([0, 4], [2, 0], 3)).toEqual([
      [0, 4],
      [1, 2],
      [2, 0],
    ]);
  });

  test("the nearest codes come nearest first, without the one left out", () => {
    const codes = ndarray([[0], [1], [3], [-2], [10]]);
    expect(nearest(codes, [0], 3)).toEqual([0, 1, 3]);
    expect(nearest(codes, [0], 3, 0)).toEqual([1, 3, 2]);
  });

  test("classes that lie apart are all at home; a code among strangers is not", () => {
    const apart = ndarray(Array.from({ length: 12 }, (_, i) => [i < 6 ? 0.1 * i : 50 + 0.1 * i]));
    expect(shareAtHome(apart, (row) => (row < 6 ? 0 : 1))).toBe(1);
    const stranger = ndarray(Array.from({ length: 12 }, (_, i) => [0.1 * i]));
    expect(shareAtHome(stranger, (row) => (row === 0 ? 1 : 0))).toBeCloseTo(11 / 12);
  });

  test("of several that are as frequent the first counts", () => {
    expect(mostFrequent([3, 3, 5, 5, 1])).toBe(3);
    expect(mostFrequent([])).toBeUndefined();
  });

  test("pictures are joined row by row, and halved to the means of four", () => {
    const pictures = ndarray([
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [1, 0, 0, 1],
      [0, 1, 1, 1],
    ]);
    const sheet = joined(pictures, 2, 2);
    expect(sheet.shape).toEqual([4, 4]);
    expect([...sheet.data]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1]);
    // 2/4 and 3/4 in steps of 1/15.
    const half = [...halved(sheet).data];
    expect(half[0]).toBe(0);
    expect(half[1]).toBe(1);
    expect(half[2]).toBeCloseTo(8 / 15);
    expect(half[3]).toBeCloseTo(11 / 15);
  });
});

describe("drawing a code", () => {
  test.each([1, 2])("the weights of a grid in %i dimensions sum to 1", (d) => {
    expect(gridWeights(d).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  test("both estimates agree with the gradient, a baseline narrows the score function's; a plain draw is the same, and lets none through", async () => {
    // One lab for all of it: to open it is to train it for a few seconds.
    const lab = await runningLab(folder, trickLab);
    const estimated = async (baseline: boolean) => {
      await lab.configure({ baseline });
      await lab.watch(estimateWatches("2"));
      const { values } = await lab.frame();
      const estimates = estimatesOf(values, 0, 2);
      const exact = exactGradient(values, 0, gridWeights(2));
      if (!estimates || exact === null) throw new Error("The estimates are not there.");
      for (const { mean, deviation, count } of [estimates.pathwise, estimates.score]) {
        // Within three standard errors: the draws are always the same ones.
        expect(Math.abs(mean - exact)).toBeLessThan((3 * deviation) / Math.sqrt(count));
      }
      return estimates;
    };
    const alone = await estimated(false);
    const compared = await estimated(true);
    expect(alone.ratio).toBeGreaterThan(1000);
    expect(compared.ratio).toBeLessThan(10);
    expect(compared.pathwise.deviation).toBeCloseTo(alone.pathwise.deviation);

    await lab.watch([]);
    const seen = async (sampling: string) => {
      await lab.configure({ sampling });
      const { values } = await lab.frame();
      const numbers = (name: string) => [...(values[name]?.data ?? [])];
      return {
        z: numbers("z"),
        through: numbers("grad drawn.mu"),
        priced: numbers("grad priced.mu"),
      };
    };
    const drawn = await seen("reparameterised");
    const plain = await seen("plain");
    expect(plain.z).toEqual(drawn.z);
    expect(drawn.through.every((slope) => slope !== 0)).toBe(true);
    expect(plain.through).toEqual([0, 0]);
    expect(plain.priced).toEqual(drawn.priced);
    await lab.close();
  }, 60_000);
});
