import { describe, expect, test } from "vitest";
import { curveSets, truth } from "../../chapters/03-learning/curveData.ts";
import { bestStep, heldLoss, overfittingLab } from "../../chapters/03-learning/overfittingLab.ts";
import { signalsLab, signalsOf } from "../../chapters/03-learning/signalsLab.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Config, Frame } from "../../src/training/lab.ts";
import { spreadOf } from "../../src/viz/histogram.ts";
import { runningLab } from "../contract/runningLab.ts";

describe("the points of a curve", () => {
  const settings = { points: 12, noise: 0, draw: 1 };

  test("without noise they lie on the truth, and those kept apart stay when others are learnt from", () => {
    const { train, held } = curveSets(settings);
    const x = Array.from(train.x?.data ?? []);
    expect(x).toHaveLength(12);
    for (const [i, at] of x.entries()) expect(entry(train.y, i)).toBeCloseTo(truth(at), 5);
    expect(curveSets({ ...settings, points: 50 }).held).toEqual(held);
  });

  test("another draw has other points", () => {
    expect(curveSets({ ...settings, draw: 2 }).train).not.toEqual(curveSets(settings).train);
  });
});

describe("the best step", () => {
  const frameWith = (steps: number[], losses: number[]) =>
    ({ curve: { steps, losses, others: { [heldLoss]: losses } } }) as unknown as Frame;

  test("is the first with the least loss on the points kept apart", () => {
    const best = bestStep(frameWith([0, 5, 10, 15], [3, 1, 1, Number.NaN]));
    expect(best).toEqual({ step: 5, loss: 1 });
    expect(bestStep(frameWith([], []))).toBeNull();
  });

  test("is one the lab can go back to, and is as good as then", async () => {
    const lab = await runningLab("03-learning", overfittingLab);
    await lab.train(50);
    const best = bestStep(await lab.frame());
    await lab.seek(best?.step ?? Number.NaN);
    const frame = await lab.frame();
    expect(frame.step).toBe(best?.step);
    expect(entry(frame.values[heldLoss])).toBeCloseTo(best?.loss ?? Number.NaN, 5);
    await lab.close();
  });
});

describe("a signal in a net 20 layers deep", () => {
  /** The deviations of activations and gradients: last layer against first, first against last. */
  async function ratios(config: Partial<Config>) {
    const lab = await runningLab("03-learning", signalsLab);
    await lab.configure({ depth: 20, norm: "none", ...config });
    const layers = signalsOf(await lab.frame());
    await lab.close();
    const a = layers.map(({ activations }) => spreadOf(activations).deviation);
    const g = layers.map(({ gradients }) => spreadOf(gradients).deviation);
    return { forward: (a[19] ?? 0) / (a[0] ?? 0), backward: (g[0] ?? 0) / (g[19] ?? 0) };
  }

  test("vanishes both ways from weights that are too small, unless each layer is normalised", async () => {
    const small = await ratios({ activation: "tanh", initialiser: "small" });
    expect(small.forward).toBeLessThan(1e-10);
    expect(small.backward).toBeLessThan(1e-10);
    const cured = await ratios({ activation: "tanh", initialiser: "small", norm: "layer" });
    expect(cured.forward).toBeGreaterThan(0.5);
  });

  test("explodes both ways in ReLU from weights of size 1, and He's keep it within a factor of ten", async () => {
    const large = await ratios({ activation: "relu", initialiser: "large" });
    expect(large.forward).toBeGreaterThan(1e8);
    expect(large.backward).toBeGreaterThan(1e8);
    const { forward, backward } = await ratios({ activation: "relu", initialiser: "he" });
    for (const ratio of [forward, backward]) {
      expect(ratio).toBeGreaterThan(0.1);
      expect(ratio).toBeLessThan(10);
    }
  });

  test("is not there at all when every weight is zero", async () => {
    const lab = await runningLab("03-learning", signalsLab);
    await lab.configure({ initialiser: "zeros" });
    for (const { activations, gradients } of signalsOf(await lab.frame())) {
      expect(spreadOf(activations).largest).toBe(0);
      expect(spreadOf(gradients).largest).toBe(0);
    }
    await lab.close();
  });
});
