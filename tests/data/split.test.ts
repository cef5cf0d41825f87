import fc from "fast-check";
import { expect, test } from "vitest";
import { columnScales, inUnits, standardised, stratifiedSplit } from "../../src/data/split.ts";

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
