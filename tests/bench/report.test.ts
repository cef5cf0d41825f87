import { expect, test } from "vitest";
import { type Measurement, median, report } from "./report.ts";

const circumstances = { rounds: 3, examples: 32, chromium: "Chromium 156" };

const measured: readonly Measurement[] = [
  { name: "Unrolled", backend: "cpu", batchSize: 1, speeds: [2900, 3000, 3100] },
  { name: "plain tfjs", backend: "cpu", batchSize: 1, speeds: [1500, 900, 1000] },
  { name: "brain.js", backend: "", batchSize: 1, speeds: [300_000, 300_000, 300_000] },
  { name: "Unrolled", backend: "webgpu", batchSize: 0, speeds: [], why: "no adapter" },
];

const rowOf = (start: string) =>
  report(measured, circumstances)
    .split("\n")
    .find((line) => line.startsWith(start));

test("one slow round does not move the median", () => {
  expect(median([3, 1, 1000])).toBe(3);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("a speed is a multiple of plain TensorFlow.js on the same backend, and of brain.js", () => {
  expect(rowOf("Unrolled")?.split(/ {2,}/)).toEqual([
    "Unrolled",
    "cpu",
    "3,000",
    "2,900–3,100",
    "3.00",
    "1/100",
  ]);
});

test("what did not run says why", () => {
  expect(report(measured, circumstances)).toMatch(/webgpu +none: no adapter/);
});
