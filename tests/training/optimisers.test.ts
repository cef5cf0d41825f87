import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, test } from "vitest";
import * as tf from "../../src/models/tf.ts";
import type { OptimiserName } from "../../src/training/lab.ts";
import { clipByGlobalNorm, optimisers } from "../../src/training/optimisers.ts";
// Printed by PyTorch: tests/golden/optimisers.py.
import golden from "../golden/optimisers.json" with { type: "json" };

const names: readonly OptimiserName[] = ["sgd", "momentum", "rmsprop", "adam"];
const { X, y, w, b } = golden.problem;

function loss(weights: tf.Tensor, bias: tf.Tensor): tf.Scalar {
  return tf.mean(tf.square(tf.tensor2d(X).dot(weights).add(bias).sub(tf.tensor1d(y))));
}

function zeroSlots(name: OptimiserName, parameter: tf.Tensor): Record<string, tf.Tensor> {
  return Object.fromEntries(optimisers[name].slots.map((slot) => [slot, tf.zerosLike(parameter)]));
}

describe.each(names)("%s", (name) => {
  const { options, steps } = golden.trajectories[name];

  test("takes the twenty steps that PyTorch takes", () => {
    tf.tidy(() => {
      let [weights, bias] = [tf.tensor1d(w) as tf.Tensor, tf.scalar(b) as tf.Tensor];
      let [slotsOfW, slotsOfB] = [zeroSlots(name, weights), zeroSlots(name, bias)];
      for (const [index, expected] of steps.entries()) {
        const settings = optimisers[name].numbers({ learningRate: options.lr, step: index + 1 });
        const { value, grads } = tf.valueAndGrads(loss)([weights, bias]);
        expect(value.dataSync()[0]).toBeCloseTo(expected.L, 4);
        const nextW = optimisers[name].update(weights, grads[0] as tf.Tensor, slotsOfW, settings);
        const nextB = optimisers[name].update(bias, grads[1] as tf.Tensor, slotsOfB, settings);
        [weights, slotsOfW] = [nextW.parameter, nextW.slots];
        [bias, slotsOfB] = [nextB.parameter, nextB.slots];
        const got = [...weights.dataSync(), ...bias.dataSync()];
        for (const [i, reference] of [...expected.w, expected.b].entries()) {
          const difference = Math.abs((got[i] as number) - reference);
          expect(difference, `step ${index + 1}, entry ${i}`).toBeLessThan(
            1e-4 * Math.max(Math.abs(reference), 1e-2),
          );
        }
      }
    });
  });

  test("keeps the shape of the parameter in every slot it promises", () => {
    tf.tidy(() => {
      const theta = tf.ones([2, 3]);
      const settings = optimisers[name].numbers({ learningRate: 0.1, step: 1 });
      const after = optimisers[name].update(theta, theta, zeroSlots(name, theta), settings);
      expect(after.parameter.shape).toEqual([2, 3]);
      expect(Object.keys(after.slots)).toEqual(optimisers[name].slots);
      for (const slot of Object.values(after.slots)) expect(slot.shape).toEqual([2, 3]);
    });
  });

  test("leaves, tidied, only the new parameter and its slots, and the old ones alone", () => {
    const theta = tf.tensor1d([1, 2]);
    const gradient = tf.tensor1d([0.5, -1]);
    const slots = zeroSlots(name, theta);
    const before = tf.memory().numTensors;
    const after = tf.tidy(() => {
      const { parameter, slots: kept } = optimisers[name].update(
        theta,
        gradient,
        slots,
        optimisers[name].numbers({ learningRate: 0.1, step: 1 }),
      );
      return { parameter, slots: { ...kept } };
    });
    expect(tf.memory().numTensors).toBe(before + 1 + optimisers[name].slots.length);
    expect(theta.arraySync()).toEqual([1, 2]);
    tf.dispose([theta, gradient, slots, after]);
  });

  test("does not move without a gradient", () => {
    tf.tidy(() => {
      const theta = tf.tensor1d([1, -2]);
      const settings = optimisers[name].numbers({ learningRate: 0.1, step: 1 });
      const still = tf.zerosLike(theta);
      const after = optimisers[name].update(theta, still, zeroSlots(name, theta), settings);
      expect(after.parameter.arraySync()).toEqual([1, -2]);
    });
  });
});

describe("clipping by the global norm", () => {
  const clipped = (gradients: number[][], max: number) =>
    tf.tidy(() => {
      const named = Object.fromEntries(gradients.map((g, i) => [`${i}`, tf.tensor1d(g)]));
      return Object.values(clipByGlobalNorm(named, max)).map((g) => Array.from(g.dataSync()));
    });

  test("leaves a short gradient as it is", () => {
    expect(clipped([[3], [0, 4]], 5)).toEqual([[3], [0, 4]]);
    expect(clipped([[0], [0, 0]], 5)).toEqual([[0], [0, 0]]);
  });

  test("shortens a long one to the maximum and keeps its direction", () => {
    const [[a], [b, c]] = clipped([[30], [0, -40]], 5) as [[number], [number, number]];
    expect([a, b, c].map((value) => value.toFixed(5))).toEqual([
      "3.00000",
      (0).toFixed(5),
      "-4.00000",
    ]);
  });
});
