import { expect, test } from "vitest";
import { pointsFromCsv } from "../../src/data/pointsCsv.ts";

const numbersOf = (table: ReturnType<typeof pointsFromCsv>, name: "x" | "y") => [
  ...(table.data[name]?.data ?? []),
];

test("rows of two numbers and a class become points", () => {
  const table = pointsFromCsv("1, 2, 0\n-1.5,0,1\n\n3,-4,1\n");
  expect(table).toMatchObject({ task: "classification", classNames: ["0", "1"], rows: 3 });
  expect(table.scaled).toBe(false);
  expect(numbersOf(table, "x")).toEqual([1, 2, -1.5, 0, 3, -4]);
  expect(numbersOf(table, "y")).toEqual([0, 1, 1]);
});

test("a row of names is passed over, classes may be words, and tabs or semicolons divide", () => {
  for (const mark of ["\t", ";", ","]) {
    const rows = ["a,b,kind", "1,2,red", "3,4,blue", "5,5,red"].map((r) => r.replaceAll(",", mark));
    const table = pointsFromCsv(rows.join("\r\n"));
    expect(table.classNames).toEqual(["blue", "red"]);
    expect(numbersOf(table, "y")).toEqual([1, 0, 1]);
  }
});

test("labels that are numbers of many values are fitted, from −1 to 1", () => {
  const table = pointsFromCsv("0,0,10\n1,1,12.5\n2,2,15\n3,3,20\n1,2,11");
  expect(table.task).toBe("regression");
  expect(numbersOf(table, "y").map((value) => Number(value.toFixed(4)))).toEqual([
    -1, -0.5, 0, 1, -0.8,
  ]);
});

test("coordinates that do not fit the picture are moved and scaled into it", () => {
  const table = pointsFromCsv("100,0,0\n300,1,1\n200,0.5,1");
  expect(table.scaled).toBe(true);
  expect(numbersOf(table, "x")).toEqual([-5, -5, 5, 5, 0, 0]);
});

test("what is wrong is named by line and column", () => {
  expect(() => pointsFromCsv(" \n")).toThrow(/there are none/);
  expect(() => pointsFromCsv("1,2,0\n1,2")).toThrow(/Line 2: expected three columns.*got 2/);
  expect(() => pointsFromCsv("1,2,0\n1,two,0")).toThrow(/Line 2, column 2.*“two”/);
  expect(() => pointsFromCsv("1,2,0.5\n1,2,7\n1,2,high")).toThrow(/Line 3, column 3.*“high”/);
  expect(() => pointsFromCsv("1,1,a\n1,1,b\n1,1,c\n1,1,d\n1,1,e")).toThrow(
    /at most 4 classes, got 5/,
  );
});
