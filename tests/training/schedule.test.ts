import { describe, expect, test } from "vitest";
import { initialConfig } from "../../src/training/lab.ts";
import {
  type ScheduleName,
  scheduledFactor,
  scheduledRate,
  scheduleFields,
} from "../../src/training/schedule.ts";
// Printed by PyTorch: tests/golden/schedules.py.
import golden from "../golden/schedules.json" with { type: "json" };

const config = (schedule: ScheduleName, scheduleSteps: number) => ({ schedule, scheduleSteps });

describe.each(["step", "cosine", "warmup"] as const)("%s", (name) => {
  test("gives the factors that PyTorch gives", () => {
    for (const [step, expected] of golden.factors[name].entries()) {
      const got = scheduledFactor(config(name, golden.steps), step);
      expect(got, `after ${step} steps`).toBeCloseTo(expected, 6);
    }
  });

  test("stays between 0 and 1 for every length, and does not rise after its warm-up", () => {
    for (const length of [1, 2, 9, 10, 333]) {
      let before = 1;
      for (let step = Math.ceil(length / 10); step < 3 * length + 3; step++) {
        const factor = scheduledFactor(config(name, length), step);
        expect(factor).toBeGreaterThanOrEqual(0);
        expect(factor).toBeLessThanOrEqual(before);
        before = factor;
      }
    }
  });
});

test("cosine and warm-up end at 0 and stay there", () => {
  for (const name of ["cosine", "warmup"] as const) {
    for (const step of [100, 101, 250]) {
      expect(scheduledFactor(config(name, 100), step)).toBeCloseTo(0, 12);
    }
  }
});

test("the rate is the lab's where there is no schedule, or a constant one", () => {
  expect(scheduledRate({ learningRate: 0.3 }, 77)).toBe(0.3);
  expect(scheduledRate({ learningRate: 0.3, ...initialConfig(scheduleFields(9)) }, 77)).toBe(0.3);
});
