import fc from "fast-check";
import { expect, test } from "vitest";
import {
  columnScales,
  inUnits,
  standardised,
  steadyHeldOut,
  stratifiedSplit,
} from "../../src/data/split.ts";

const asTheyAre = (rows: readonly number[]) => rows;
const backwards = (rows: readonly number[]) => [...rows].reverse();

const classesOf = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 }).map(
  // Each class twice at least.
  (list) => [...list, ...list],
);

test("a split loses no row and repeats none", () => {
  fc.assert(
    fc.property(classesOf, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (classes, share) => {
      const { training, heldOut } = stratifiedSplit(classes, share, backwards);
      const rows = [...training, ...heldOut].sort((a, b) => a - b);
      expect(rows).toEqual(classes.map((_, row) => row));
    }),
  );
});

test("every class gives its share, rounded, and is in both parts", () => {
  fc.assert(
    fc.property(classesOf, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (classes, share) => {
      const { training, heldOut } = stratifiedSplit(classes, share, asTheyAre);
      for (const label of new Set(classes)) {
        const count = (rows: readonly number[]) =>
          rows.filter((row) => classes[row] === label).length;
        const all = classes.filter((other) => other === label).length;
        expect(count(training)).toBeGreaterThan(0);
        expect(count(heldOut)).toBeGreaterThan(0);
        const wanted = Math.round(share * all);
        if (wanted > 0 && wanted < all) expect(count(heldOut)).toBe(wanted);
      }
    }),
  );
});

test("which rows are held out follows the shuffling", () => {
  expect(stratifiedSplit([0, 0, 0, 1, 1, 1], 1 / 3, asTheyAre).heldOut).toEqual([0, 3]);
  expect(stratifiedSplit([0, 0, 0, 1, 1, 1], 1 / 3, backwards).heldOut).toEqual([2, 5]);
});

/** Numbers from 0 on of a linear congruential generator (Park & Miller 1988), one row of them a class. */
const seeded = (seed: number) => (label: number) => {
  let state = 1 + seed + 1000 * label;
  return () => {
    state = (16807 * state) % 2147483647;
    return (state - 1) / 2147483646;
  };
};
const growing = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 80 });
const shares = fc.double({ min: 0.01, max: 0.95, noNaN: true });

test("what is held out of a table stays so when rows are added", () => {
  fc.assert(
    fc.property(growing, growing, shares, fc.nat(99), (classes, more, share, seed) => {
      const before = steadyHeldOut(classes, share, seeded(seed));
      const after = steadyHeldOut([...classes, ...more], share, seeded(seed));
      expect(after.filter((row) => row < classes.length)).toEqual(before);
    }),
  );
});

test("a growing table gives the share of each class, to a row or so, and never its first row", () => {
  fc.assert(
    fc.property(growing, shares, fc.nat(99), (classes, share, seed) => {
      const heldOut = steadyHeldOut(classes, share, seeded(seed));
      for (const label of new Set(classes)) {
        const of = (rows: readonly number[]) => rows.filter((row) => classes[row] === label);
        const all = of(classes.map((_, row) => row));
        expect(heldOut).not.toContain(all[0]);
        expect(Math.abs(of(heldOut).length - share * all.length)).toBeLessThan(1 + 1e-9);
      }
    }),
  );
});

test("what is held out of a growing table follows the random numbers; a share of 0 holds out nothing", () => {
  const classes = new Array<number>(40).fill(0);
  const [one, other] = [1, 2].map((seed) => steadyHeldOut(classes, 0.3, seeded(seed)));
  expect(one).toHaveLength(12);
  expect(one).not.toEqual(other);
  expect(steadyHeldOut(classes, 0, seeded(1))).toEqual([]);
});

test("a class of one row cannot be split", () => {
  expect(() => stratifiedSplit([0, 0, 1], 1 / 3, asTheyAre)).toThrow("class 1 has 1");
});

test("standardised columns have mean 0 and deviation 1; a constant column becomes 0", () => {
  const rows = [
    [1, 5, 7],
    [2, 5, 0],
    [6, 5, -1],
  ];
  const scales = columnScales(rows);
  const columns = columnScales(rows.map((row) => standardised(row, scales)));
  for (const { mean } of columns) expect(mean).toBeCloseTo(0, 12);
  for (const { deviation } of columns) expect(deviation).toBeCloseTo(1, 12);
  expect(rows.map((row) => standardised(row, scales)[1])).toEqual([0, 0, 0]);
});

test("inUnits undoes standardised", () => {
  const scales = columnScales([
    [1, 5],
    [2, 9],
  ]);
  const back = inUnits(standardised([3.25, -4], scales), scales);
  expect(back[0]).toBeCloseTo(3.25, 12);
  expect(back[1]).toBeCloseTo(-4, 12);
});
