import { expect, test } from "vitest";
import type { Measurement } from "./contender.ts";
import { median, tables } from "./report.ts";

const group = "1 example a step";
const measured: readonly Measurement[] = [
  { name: "Unrolled", backend: "cpu", group, values: [2900, 3000, 3100] },
  { name: "plain tfjs", backend: "cpu", group, values: [1500, 900, 1000] },
  { name: "plain tfjs", backend: "wasm", group, values: [10] },
  { name: "brain.js", backend: "", group, values: [300_000, 300_000, 300_000] },
  { name: "Unrolled", backend: "webgpu", group: "all of them", values: [], why: "no adapter" },
];
const options = { unit: "steps/s", against: ["plain tfjs", "brain.js"] };

const rowOf = (text: string, start: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(start))
    ?.split(/ {2,}/);

test("one slow round does not move the median", () => {
  expect(median([3, 1, 1000])).toBe(3);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("a speed is a multiple of another contender's on the same backend, or of one without backends", () => {
  const row = rowOf(tables(measured, options), "Unrolled");
  expect(row).toEqual(["Unrolled", "cpu", "3,000", "2,900–3,100", "3.00", "1/100"]);
});

test("where less is better, a third of the time is three times better", () => {
  const times = [
    { name: "Unrolled", backend: "cpu", group, values: [20] },
    { name: "brain.js", backend: "", group, values: [60] },
  ];
  const row = rowOf(
    tables(times, { unit: "ms", against: ["brain.js"], lessIsBetter: true }),
    "Unrolled",
  );
  expect(row?.at(-1)).toBe("3.00");
});

test("contenders are compared within their group alone", () => {
  const alone = [measured[0] as Measurement, { ...(measured[1] as Measurement), group: "another" }];
  expect(rowOf(tables(alone, options), "Unrolled")).toHaveLength(4);
});

test("what did not run says why", () => {
  expect(tables(measured, options)).toMatch(/webgpu +none: no adapter/);
});
