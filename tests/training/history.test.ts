import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { History, type Snapshot } from "../../src/training/history.ts";

/** A snapshot of 4 · `size` bytes in its parameters and as many in its slots. */
function snapshot(step: number, { pinned = false, size = 1 } = {}): Snapshot {
  const array = { shape: [size], data: new Float32Array(size).fill(step) };
  return { step, loss: 1 / (step + 1), parameters: { w: array }, slots: { "m/w": array }, pinned };
}

function stepsOf(history: History): number[] {
  return history.snapshots.map(({ step }) => step);
}

const everyStep = (history: History, last: number, pins: readonly number[] = []) => {
  for (let step = 0; step <= last; step++) {
    history.record(snapshot(step, { pinned: pins.includes(step) }));
  }
};

describe("a history", () => {
  test("keeps everything while there is room", () => {
    const history = new History({ count: 10, bytes: 1e6 });
    everyStep(history, 9);
    expect(stepsOf(history)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(history.stride).toBe(1);
  });

  test("doubles its stride when it is full, and keeps the first and the last", () => {
    const history = new History({ count: 4, bytes: 1e6 });
    everyStep(history, 4);
    expect(stepsOf(history)).toEqual([0, 2, 4]);
    everyStep(history, 5);
    expect(stepsOf(history)).toEqual([0, 2, 4, 5]);
    everyStep(history, 9);
    expect(stepsOf(history)).toEqual([0, 4, 8, 9]);
    expect(history.stride).toBe(4);
  });

  test("is bounded in number and bytes, starts at the first step and ends at the last", () => {
    const limits = fc.record({
      count: fc.integer({ min: 3, max: 12 }),
      bytes: fc.integer({ min: 3, max: 12 }).map((snapshots) => 8 * snapshots),
    });
    const gaps = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(limits, gaps, (limit, strides) => {
        const history = new History(limit);
        let step = 0;
        history.record(snapshot(0));
        for (const stride of strides) {
          step += stride;
          history.record(snapshot(step));
          expect(history.count).toBeLessThanOrEqual(limit.count);
          expect(history.bytes).toBeLessThanOrEqual(limit.bytes);
          expect(history.bytes).toBe(8 * history.count);
          expect(history.lastStep).toBe(step);
          expect(history.atOrBefore(step)?.step).toBe(step);
          expect(history.atOrBefore(0)?.step).toBe(0);
        }
      }),
    );
  });

  test("leaves no gap of two strides between steps that were taken one by one", () => {
    const history = new History({ count: 16, bytes: 1e6 });
    everyStep(history, 1000);
    const steps = stepsOf(history);
    const gaps = steps.slice(1).map((step, i) => step - (steps[i] as number));
    expect(Math.max(...gaps)).toBeLessThan(2 * history.stride);
  });

  test("keeps pinned snapshots while there is room", () => {
    const history = new History({ count: 6, bytes: 1e6 });
    everyStep(history, 100, [3, 50, 51]);
    expect(stepsOf(history)).toEqual(expect.arrayContaining([0, 3, 50, 51, 100]));
    expect(history.count).toBeLessThanOrEqual(6);
  });

  test("lets the oldest go when all are pinned, so that no edit is missing from what is left", () => {
    const history = new History({ count: 4, bytes: 1e6 });
    everyStep(history, 10, [1, 3, 5, 7, 9]);
    expect(stepsOf(history)).toEqual([5, 7, 9, 10]);
    expect(history.firstStep).toBe(5);
  });

  test("has every pinned snapshot from its first step on", () => {
    const plans = fc.record({
      count: fc.integer({ min: 3, max: 8 }),
      pins: fc.uniqueArray(fc.nat(60), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(plans, ({ count, pins }) => {
        const history = new History({ count, bytes: 1e6 });
        everyStep(history, 60, pins);
        const due = pins.filter((step) => step >= history.firstStep);
        expect(stepsOf(history)).toEqual(expect.arrayContaining(due));
        expect(history.count).toBeLessThanOrEqual(count);
      }),
    );
  });

  test("is made again by recording its snapshots in order", () => {
    const limits = { count: 8, bytes: 1e6 };
    const history = new History(limits);
    everyStep(history, 100, [17]);
    const again = new History(limits);
    for (const kept of history.snapshots) again.record(kept);
    expect(again.snapshots).toEqual(history.snapshots);
    expect(again.bytes).toBe(history.bytes);
  });

  test("keeps one snapshot that is larger than the whole room", () => {
    const history = new History({ count: 4, bytes: 64 });
    history.record(snapshot(0, { size: 100 }));
    expect(stepsOf(history)).toEqual([0]);
    history.record(snapshot(1, { size: 100 }));
    expect(stepsOf(history)).toEqual([1]);
    expect(history.bytes).toBe(800);
  });

  test("goes on from an earlier step with what is recorded there in place of what followed", () => {
    const history = new History({ count: 10, bytes: 1e6 });
    everyStep(history, 6);
    const edited = snapshot(3, { pinned: true });
    history.record(edited);
    expect(stepsOf(history)).toEqual([0, 1, 2, 3]);
    expect(history.atOrBefore(5)).toBe(edited);
  });

  test("finds the latest snapshot that is not after a step", () => {
    const history = new History({ count: 10, bytes: 1e6 });
    for (const step of [2, 5, 9]) history.record(snapshot(step));
    expect([1, 2, 4, 5, 8, 9, 99].map((step) => history.atOrBefore(step)?.step ?? null)).toEqual([
      null,
      2,
      2,
      5,
      5,
      9,
      9,
    ]);
  });

  test("forgets what came after a step, or everything", () => {
    const history = new History({ count: 10, bytes: 1e6 });
    everyStep(history, 6);
    history.truncateAfter(3);
    expect(history.lastStep).toBe(3);
    expect(history.bytes).toBe(8 * 4);
    history.clear();
    expect([history.count, history.bytes, history.lastStep, history.stride]).toEqual([0, 0, 0, 1]);
    expect(history.firstStep).toBe(0);
    expect(history.atOrBefore(99)).toBeNull();
  });

  test("needs room for three", () => {
    expect(() => new History({ count: 2, bytes: 1e6 })).toThrow("at least 3 snapshots, got 2");
  });
});
