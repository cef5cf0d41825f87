import { expect, test } from "vitest";
import * as tf from "../../src/models/tf.ts";
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  crossEntropy,
  l1Penalty,
  l2Penalty,
} from "../../src/training/loss.ts";
import functions from "../golden/functions.json";
import "./allclose.ts";
import { numbersOf } from "./evaluate.ts";

/** What the losses must fulfil, on the current backend. */
export function lossLaws(): void {
  for (const { title, logits, classes, loss, gradient } of functions.crossEntropy) {
    test(`categorical cross-entropy, ${title}: value and gradient are PyTorch's`, async () => {
      const of = (z: tf.Tensor) => categoricalCrossEntropy(z, tf.tensor(classes));
      expect(await numbersOf(() => of(tf.tensor(logits)))).toBeAllclose(loss);
      const slope = await numbersOf(() => tf.grad(of)(tf.tensor(logits)));
      expect(slope).toBeAllclose(gradient, { absolute: 1e-5 });
    });

    test(`categorical cross-entropy, ${title}: a class by its number is the same as one-hot`, async () => {
      const z = () => tf.tensor(logits);
      const width = [logits].flat(2).length / [classes].flat().length;
      const oneHot = [classes]
        .flat()
        .map((right) => Array.from({ length: width }, (_, k) => (k === right ? 1 : 0)));
      const byNumber = await numbersOf(() => categoricalCrossEntropy(z(), tf.tensor(classes)));
      const byRow = await numbersOf(() => crossEntropy(z(), tf.tensor(oneHot.flat(), z().shape)));
      expect(byNumber).toBeAllclose(byRow);
    });
  }

  const logits = [
    [1.5, -0.5, 0.25],
    [-2, 0.5, 3],
  ];

  test("shifting all logits of an example changes neither softmax nor cross-entropy", async () => {
    const moved = [7, -30];
    const at = (shift: number[]) => {
      const z = tf.tensor2d(logits).add(tf.tensor2d(shift, [2, 1]));
      const loss = categoricalCrossEntropy(z, tf.tensor1d([2, 0]));
      return tf.concat([tf.softmax(z).flatten(), loss.flatten()]);
    };
    const still = await numbersOf(() => at([0, 0]));
    expect(await numbersOf(() => at(moved))).toBeAllclose(still, { absolute: 1e-5 });
  });

  test("binary cross-entropy of z is categorical cross-entropy of (0, z)", async () => {
    const z = [-3, -0.2, 0.7, 12];
    const y = [0, 1, 1, 0];
    const binary = await numbersOf(() => binaryCrossEntropy(tf.tensor1d(z), tf.tensor1d(y)));
    const two = await numbersOf(() =>
      categoricalCrossEntropy(tf.tensor2d(z.map((zi) => [0, zi])), tf.tensor1d(y)),
    );
    expect(binary).toBeAllclose(two);
  });

  for (const { lambda, learningRate, before, gradient, after } of functions.decay) {
    test(`an L2 penalty of ${lambda} is weight_decay=${lambda} of torch.optim.SGD`, async () => {
      for (const name of ["W", "v"] as const) {
        const stepped = await numbersOf(() => {
          const decay = tf.grad((w) => l2Penalty([w, tf.ones([3])], lambda));
          const w = tf.tensor(before[name]);
          return w.sub(tf.tensor(gradient[name]).add(decay(w)).mul(learningRate));
        });
        expect(stepped, name).toBeAllclose(after[name]);
      }
    });
  }

  test("an L1 penalty pulls every weight towards 0 by the same force, and not one that is 0", async () => {
    const pull = await numbersOf(() =>
      tf.grad((w) => l1Penalty([w], 0.3))(tf.tensor1d([2, -0.01, 0, -50])),
    );
    expect(pull).toBeAllclose([0.3, -0.3, 0, -0.3]);
  });

  test("penalties add up over all weights", async () => {
    const penalties = await numbersOf(() => {
      const weights = [tf.tensor2d([[1, -2]]), tf.tensor1d([3])];
      return tf.stack([l1Penalty(weights, 0.5), l2Penalty(weights, 0.5)]);
    });
    // ½ (1 + 2 + 3), and ½ · ½ (1 + 4 + 9).
    expect(penalties).toBeAllclose([3, 3.5]);
  });
}
