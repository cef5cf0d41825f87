import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../../src/training/random.ts";

const draws = (seed: number, label: string, count: number) => {
  const { uniform } = randomStream(seed, label);
  return Array.from({ length: count }, uniform);
};

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

test("the stream of a seed and a label never changes", () => {
  // Printed by this very module when it was written; a saved capsule repeats its run only while they hold.
  expect(draws(7, "init w", 3)).toEqual([
    0.2879085347855046, 0.5493270032362106, 0.4448142793477524,
  ]);
  const { normal, integer, shuffled } = randomStream(-1, "epoch 3");
  expect([normal(), normal()]).toEqual([0.3794132259967406, 1.1333592205464253]);
  expect([integer(10), integer(10), integer(10)]).toEqual([5, 1, 9]);
  expect(shuffled(["a", "b", "c", "d", "e"])).toEqual(["e", "c", "b", "a", "d"]);
});

test("a stream is a function of its seed and label", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string(), (seed, label) => {
      expect(draws(seed, label, 4)).toEqual(draws(seed, label, 4));
    }),
  );
});

test("different seeds or labels have different streams", () => {
  const occasion = fc.tuple(fc.maxSafeInteger(), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(occasion, occasion, (one, other) => {
      fc.pre(one[0] !== other[0] || one[1] !== other[1]);
      expect(draws(...one, 2)).not.toEqual(draws(...other, 2));
    }),
    { numRuns: 1000 },
  );
});

test("streams of neighbouring seeds and labels are uncorrelated", () => {
  const count = 4000;
  const labels = ["", "a", "b", "init w", "init v", "step 1", "step 2", "step 11"];
  const streams = [0, 1, 2, 256].flatMap((seed) =>
    labels.map((label) => draws(seed, label, count)),
  );
  const limit = 5 / Math.sqrt(count); // five standard deviations of a correlation that is 0
  for (const [i, a] of streams.entries()) {
    for (const b of streams.slice(i + 1)) {
      const product = a.reduce((sum, x, k) => sum + (x - 0.5) * ((b[k] as number) - 0.5), 0);
      expect(Math.abs((12 * product) / count)).toBeLessThan(limit);
    }
  }
});

test("first draws over many labels are uniform too: a step's stream is used once", () => {
  const firsts = Array.from(
    { length: 20000 },
    (_, step) => draws(1, `step ${step}`, 1)[0] as number,
  );
  const bins = new Array(20).fill(0);
  for (const value of firsts) bins[Math.floor(value * 20)]++;
  // Chi-squared with 19 degrees of freedom is above 43.8 once in a thousand.
  const chiSquared = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquared).toBeLessThan(43.8);
});

test("uniform numbers are in [0, 1) with mean 1/2 and variance 1/12", () => {
  const values = draws(3, "uniform", 20000);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(moments(values).mean).toBeCloseTo(0.5, 1.5);
  expect(moments(values).variance).toBeCloseTo(1 / 12, 2);
});

test("normal numbers have mean 0, variance 1, and 68.3 % within one deviation", () => {
  const { normal } = randomStream(3, "normal");
  const values = Array.from({ length: 20000 }, normal);
  const within = values.filter((value) => Math.abs(value) < 1).length / values.length;
  expect(Math.abs(moments(values).mean)).toBeLessThan(0.03);
  expect(Math.abs(moments(values).variance - 1)).toBeLessThan(0.04);
  expect(Math.abs(within - 0.6827)).toBeLessThan(0.01);
});

test("whole numbers below n are each as likely", () => {
  const { integer } = randomStream(3, "integer");
  const counts = new Array(7).fill(0);
  for (let i = 0; i < 7000; i++) counts[integer(7)]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  expect(integer(1)).toBe(0);
});

describe("shuffling", () => {
  test("keeps every item and leaves the list alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.maxSafeInteger(), (list, seed) => {
        const before = [...list];
        const after = randomStream(seed, "s").shuffled(list);
        expect(list).toEqual(before);
        expect(after.toSorted()).toEqual(before.toSorted());
      }),
    );
  });

  test("makes each order as likely", () => {
    const { shuffled } = randomStream(5, "orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled([1, 2, 3]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("seed %s is refused", (seed) => {
  expect(() => randomStream(seed, "x")).toThrow(`whole number as seed, got ${seed}`);
});

test.each([0, -1, 1.5, Number.NaN])("a whole number below %s is refused", (n) => {
  expect(() => randomStream(1, "x").integer(n)).toThrow(`to choose below, got ${n}`);
});
