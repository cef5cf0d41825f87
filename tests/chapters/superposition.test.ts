import { afterAll, describe, expect, test } from "vitest";
import {
  summaryOf,
  superpositionLab,
} from "../../chapters/09-mechanistic-interpretability/superpositionLab.ts";
import {
  ladder,
  modelAt,
  summary,
} from "../../chapters/09-mechanistic-interpretability/superpositionNumbers.ts";
import { ndarray } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import type { Config, Frame } from "../../src/training/lab.ts";
import { runningLab } from "../contract/runningLab.ts";

let opened: Promise<LabSession> | undefined;
afterAll(async () => (await opened)?.close());

function opening(): Promise<LabSession> {
  opened ??= runningLab("09-mechanistic-interpretability", superpositionLab, "wasm");
  return opened;
}

async function trained(config: Config, seed: number): Promise<Frame> {
  const lab = await opening();
  await lab.configure(config);
  await lab.reset(seed);
  await lab.train(200);
  return lab.frame();
}

const five = { n: 5, m: 2, p: 1, decay: 0.9, output: "relu" } as const;

/** How many features are kept by the model on the ladder whose features are there so often. */
const keptAt = (frame: Frame, p: number): number =>
  summaryOf(frame, (ladder as readonly number[]).indexOf(p) + 1).kept.length;

describe("five features in two dimensions", () => {
  test.each([1, 2, 3])(
    "seed %i: two are kept when always there, four at 0.3, all at 0.1",
    async (seed) => {
      const frame = await trained(five, seed);
      expect([keptAt(frame, 1), keptAt(frame, 0.3), keptAt(frame, 0.1)]).toEqual([2, 4, 5]);
      const pentagon = Array.from(modelAt(frame.values.D, ladder.indexOf(0.1) + 1).data);
      for (const share of pentagon) expect(Math.abs(share - 0.4)).toBeLessThan(0.1);
    },
  );

  test.each([1])("seed %i: without the ReLU no more than two, however rare", async (seed) => {
    const frame = await trained({ ...five, output: "linear" }, seed);
    for (const p of ladder) expect(keptAt(frame, p), `p = ${p}`).toBeLessThanOrEqual(2);
  });

  test.each([1, 2])(
    "seed %i: rarer while it trains, two become four, and two again",
    async (seed) => {
      const lab = await opening();
      const counts = [summaryOf(await trained(five, seed), 0).kept.length];
      for (const p of [0.25, 1]) {
        await lab.configure({ p });
        await lab.train(200);
        counts.push(summaryOf(await lab.frame(), 0).kept.length);
      }
      expect(counts).toEqual([2, 4, 2]);
    },
  );
});

test("interference is the most that is read of a kept feature when another one is there alone", () => {
  const G = ndarray([
    [1, -0.9, 0],
    [-0.9, 1, 0],
    [0, 0, 0.1],
  ]);
  const alone = ndarray([
    [0.9, 0.2, 0.7],
    [0.1, 0.9, 0],
    [0.8, 0, 0.1],
  ]);
  expect(summary(G, alone).kept).toEqual([0, 1]);
  expect(summary(G, alone).interference).toBeCloseTo(0.2, 6);
});
