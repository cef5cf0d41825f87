import { expect, test } from "vitest";
import { irisClasses, irisColumns, irisRows, irisSpecies } from "../../src/data/iris.ts";

const column = (rows: readonly (readonly number[])[], index: number) =>
  rows.map((row) => row[index] as number);
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function sampleDeviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

const speciesRows = (species: number) => irisRows.filter((_, row) => irisClasses[row] === species);
const toThree = (values: readonly number[]) => values.map((value) => value.toFixed(3));

test("150 flowers, 50 of each species, four tenths of a centimetre each", () => {
  expect(irisRows).toHaveLength(150);
  expect(irisSpecies.map((_, species) => speciesRows(species).length)).toEqual([50, 50, 50]);
  for (const row of irisRows) {
    expect(row).toHaveLength(irisColumns.length);
    for (const value of row) expect(Math.round(value * 10) / 10).toBe(value);
  }
});

// The figures that R prints for its `iris`: colMeans, sapply(iris, sd), aggregate(. ~ Species, iris, mean).
test("the columns have the means and the sample deviations that are published", () => {
  const columns = irisColumns.map((_, index) => column(irisRows, index));
  expect(toThree(columns.map(mean))).toEqual(["5.843", "3.057", "3.758", "1.199"]);
  expect(toThree(columns.map(sampleDeviation))).toEqual(["0.828", "0.436", "1.765", "0.762"]);
});

test.each([
  ["setosa", ["5.006", "3.428", "1.462", "0.246"]],
  ["versicolor", ["5.936", "2.770", "4.260", "1.326"]],
  ["virginica", ["6.588", "2.974", "5.552", "2.026"]],
] as const)("%s has the means that are published", (name, means) => {
  const rows = speciesRows(irisSpecies.indexOf(name));
  expect(toThree(irisColumns.map((_, index) => mean(column(rows, index))))).toEqual(means);
});

// R: sapply(split(iris, iris$Species), function(d) sapply(d[1:4], sd)), and the five-number summaries.
test("each species has the deviations and the extremes that are published", () => {
  const deviations = irisSpecies.map((_, species) =>
    toThree(irisColumns.map((_, index) => sampleDeviation(column(speciesRows(species), index)))),
  );
  expect(deviations).toEqual([
    ["0.352", "0.379", "0.174", "0.105"],
    ["0.516", "0.314", "0.470", "0.198"],
    ["0.636", "0.322", "0.552", "0.275"],
  ]);
  const extremes = irisColumns.map((_, index) => {
    const values = column(irisRows, index);
    return [Math.min(...values), Math.max(...values)];
  });
  expect(extremes).toEqual([
    [4.3, 7.9],
    [2, 4.4],
    [1, 6.9],
    [0.1, 2.5],
  ]);
});

test("rows 35 and 38 are Fisher's, not those of the UCI file", () => {
  expect(irisRows[34]).toEqual([4.9, 3.1, 1.5, 0.2]);
  expect(irisRows[37]).toEqual([4.9, 3.6, 1.4, 0.1]);
});
