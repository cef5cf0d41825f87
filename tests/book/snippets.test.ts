import { expect, test } from "vitest";
import { regionOf, snippet } from "../../src/book/snippets.ts";

const source = `before
  // #region outer
  one
    // #region inner
    two

    // #endregion
  three
  // #endregion
after`;

test("a region is the lines between its marks, without their common indentation", () => {
  expect(regionOf(source, "inner", "a.ts")).toBe("two");
});

test("an outer region holds the inner one, without its marks", () => {
  expect(regionOf(source, "outer", "a.ts")).toBe("one\n  two\n\nthree");
});

test("Python's marks are read as well", () => {
  expect(regionOf("# region a\ndef f():\n    pass\n# endregion\n", "a", "a.py")).toBe(
    "def f():\n    pass",
  );
});

test("a missing region is named, with those that there are", () => {
  expect(() => regionOf(source, "lost", "a.ts")).toThrow(
    'a.ts has no region "lost". Its regions: outer, inner.',
  );
});

test("a region that does not end is refused", () => {
  expect(() => regionOf("// #region a\nx", "a", "a.ts")).toThrow('Region "a" of a.ts does not end');
});

test("a file outside models, data, training and chapters is refused", () => {
  expect(() => snippet("src/app/main.ts#any")).toThrow("Code is shown from src/models");
});
