import { describe, expect, test } from "vitest";
import { streamLab } from "../../chapters/09-mechanistic-interpretability/streamLab.ts";
import { parts } from "../../chapters/09-mechanistic-interpretability/streamParts.ts";
import { rotation } from "../../chapters/09-mechanistic-interpretability/streamProgram.ts";
import { entry, type NDArray } from "../../src/data/ndarray.ts";
import type { LabSession } from "../../src/engine/session.ts";
import * as tf from "../../src/models/tf.ts";
import { runningLab } from "../contract/runningLab.ts";

const seeds = [1, 2, 3];
const opened = () => runningLab("09-mechanistic-interpretability", streamLab, "wasm");

async function change(lab: LabSession): Promise<number> {
  return entry(await lab.read("change"), 0);
}

/** The most by which two arrays of one shape differ. */
function farthest(a: NDArray | undefined, b: ArrayLike<number>): number {
  expect(a?.data.length).toBe(b.length);
  return Math.max(...Array.from(a?.data ?? [], (x, i) => Math.abs(x - (b[i] ?? Number.NaN))));
}

describe("the residual stream", () => {
  test("what all parts write directly sums to the logits, trained or not, turned or not", async () => {
    const lab = await opened();
    const check = async () => {
      const [c, logits] = [await lab.read("c"), await lab.read("logits")];
      const size = logits.data.length;
      const sums = Array.from({ length: size }, (_, i) =>
        parts.reduce((sum, _part, p) => sum + entry(c, p * size + i), 0),
      );
      expect(farthest(logits, sums)).toBeLessThan(1e-4);
    };
    await check();
    await lab.configure({ turn: 37, hidden: 20 });
    for (const seed of seeds) {
      await lab.reset(seed);
      await check();
    }
    await lab.close();
  });

  test("turning the stream changes no logit, turning the hidden layers does", async () => {
    const lab = await opened();
    for (const seed of seeds) {
      await lab.reset(seed);
      for (const turn of [45, 90, 180]) {
        await lab.configure({ turn, hidden: 0 });
        expect(await change(lab)).toBeLessThan(1e-4);
      }
      await lab.configure({ turn: 0, hidden: 90 });
      expect(await change(lab)).toBeGreaterThan(0.1);
    }
    await lab.close();
  });

  test("turned by R, each part writes what it wrote, turned: the numbers change, the lengths do not", async () => {
    const lab = await opened();
    const before = await lab.read("writes");
    await lab.configure({ turn: 90 });
    const after = await lab.read("writes");
    expect(farthest(before, after.data)).toBeGreaterThan(1);
    const length = (of: NDArray, row: number) =>
      Math.hypot(...of.data.subarray(32 * row, 32 * row + 32));
    for (let row = 0; row < before.data.length / 32; row++) {
      expect(length(after, row)).toBeCloseTo(length(before, row), 3);
    }
    await lab.close();
  });

  test("R turns every direction by the angle", async () => {
    const lab = await opened(); // starts the backend
    for (const degrees of [0, 30, 90, 180]) {
      const [error, cosines] = tf.tidy(() => {
        const R = rotation(32, degrees);
        const off = tf.matMul(R, R, false, true).sub(tf.eye(32)).abs().max();
        const x = tf.randomNormal([8, 32], 0, 1, "float32", 1);
        const cosine = x.mul(x.matMul(R)).sum(1).div(x.square().sum(1));
        return [off.dataSync()[0] ?? Number.NaN, Array.from(cosine.dataSync())] as const;
      });
      expect(error).toBeLessThan(1e-5);
      for (const cosine of cosines) {
        expect(cosine).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 4);
      }
    }
    await lab.close();
  });

  test("the trained model is as good in a turned stream, and worse with turned hidden layers", async () => {
    const lab = await opened();
    await lab.watch(["right@held"]);
    const right = async () => entry((await lab.frame()).values["right@held"], 0);
    const before = await right();
    expect(before).toBeGreaterThan(0.97);
    await lab.configure({ turn: 90 });
    expect(await right()).toBeCloseTo(before, 3);
    await lab.configure({ turn: 0, hidden: 180 });
    expect(await right()).toBeLessThan(0.8);
    await lab.configure({ hidden: 0 });
    // On five seeds 0.14 to 0.17 are left without the heads of layer 1, which write next to nothing to the logits.
    await lab.edit(streamLab.presets?.at(-1)?.edit ?? {});
    expect(await right()).toBeLessThan(0.25);
    expect(await change(lab)).toBeLessThan(1e-4);
    await lab.close();
  });
});
