import { beforeEach, expect, test } from "vitest";
import {
  clearProgress,
  exportProgress,
  importProgress,
  markExercise,
  readProgress,
} from "../../src/widgets/progress.ts";

beforeEach(clearProgress);

test("what was done by hand stays done by hand", () => {
  markExercise("c/nand", "shown");
  markExercise("c/nand", "done");
  markExercise("c/nand", "shown");
  expect(readProgress()).toEqual({ "c/nand": "done" });
});

test("what is exported can be imported, and adds to what is here", () => {
  markExercise("c/a", "done");
  const file = exportProgress();
  clearProgress();
  markExercise("c/b", "shown");
  importProgress(file);
  expect(readProgress()).toEqual({ "c/a": "done", "c/b": "shown" });
});

test.each([
  ["no json", /not JSON/],
  ["[1, 2]", /holds no progress/],
  ['{"kind":"unrolled progress","exercises":[]}', /missing or damaged/],
  ['{"kind":"unrolled progress","exercises":{"c/a":true}}', /Expected "done" or "shown".*got true/],
])("the file %s is refused with its reason, and changes nothing", (text, why) => {
  markExercise("c/a", "shown");
  expect(() => importProgress(text)).toThrow(why);
  expect(readProgress()).toEqual({ "c/a": "shown" });
});
