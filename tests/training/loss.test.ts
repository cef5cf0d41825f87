import "@tensorflow/tfjs-backend-cpu";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as tf from "../../src/models/tf.ts";
import {
  binaryCrossEntropy,
  crossEntropy,
  perceptronCriterion,
  squaredError,
} from "../../src/training/loss.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Runs `body`, disposes its tensors, and returns the numbers it gives. */
function numbers(body: () => tf.Tensor): number[] {
  return tf.tidy(() => Array.from(body().dataSync()));
}

function meanOf(terms: readonly number[]): number {
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

const logit = fc.double({ min: -20, max: 20, noNaN: true }).map(Math.fround);
const logits = fc.array(logit, { minLength: 1, maxLength: 6 });

describe("each loss is the mean over the batch of what it is for one example", () => {
  const z = [-1.5, 0.25, 3];
  const y = [1, 0, 1];
  const losses = {
    squaredError: (a: tf.Tensor, b: tf.Tensor) => squaredError(a, b),
    binaryCrossEntropy: (a: tf.Tensor, b: tf.Tensor) => binaryCrossEntropy(a, b),
    perceptronCriterion: (a: tf.Tensor, b: tf.Tensor) => perceptronCriterion(a, tf.step(a), b),
  };
  test.each(Object.entries(losses))("%s", (_name, loss) => {
    const [batch] = numbers(() => loss(tf.tensor1d(z), tf.tensor1d(y)));
    const single = z.map(
      (zi, i) => numbers(() => loss(tf.scalar(zi), tf.scalar(y[i] as number)))[0] as number,
    );
    expect(batch).toBeCloseTo(meanOf(single), 6);
  });

  test.each(Object.entries(losses))(
    "%s is a scalar for one example and for a batch",
    (_n, loss) => {
      tf.tidy(() => {
        expect(loss(tf.scalar(1), tf.scalar(0)).shape).toEqual([]);
        expect(loss(tf.tensor1d(z), tf.tensor1d(y)).shape).toEqual([]);
      });
    },
  );
});

test("the squared error of (1, 3) from (0, 1) is (1 + 4)/2", () => {
  expect(numbers(() => squaredError(tf.tensor1d([1, 3]), tf.tensor1d([0, 1])))).toEqual([2.5]);
});

test("binary cross-entropy from logits is −y ln σ(z) − (1 − y) ln(1 − σ(z))", () => {
  fc.assert(
    fc.property(logits, (z) => {
      const y = z.map((_, i) => i % 2);
      const [loss] = numbers(() => binaryCrossEntropy(tf.tensor1d(z), tf.tensor1d(y)));
      // 1 − σ(z) = σ(−z), exact where the subtraction would cancel.
      const expected = meanOf(z.map((zi, i) => -Math.log(sigmoid(y[i] === 1 ? zi : -zi))));
      expect(Math.abs((loss as number) - expected)).toBeLessThan(1e-5 * (1 + expected));
    }),
  );
});

test("the gradient of binary cross-entropy with respect to z is σ(z) − y, at z = 0 too", () => {
  for (const z of [-100, -3, -0.5, 0, 0.5, 3, 100]) {
    for (const y of [0, 1]) {
      const [gradient] = numbers(() =>
        tf.grad((t) => binaryCrossEntropy(t, tf.scalar(y)))(tf.scalar(z)),
      );
      expect(gradient).toBeCloseTo(sigmoid(z) - y, 6);
    }
  }
});

test("binary cross-entropy stays finite and exact for logits of ±1000", () => {
  const loss = (z: number, y: number) =>
    numbers(() => binaryCrossEntropy(tf.scalar(z), tf.scalar(y)))[0];
  expect(loss(1000, 0)).toBe(1000);
  expect(loss(-1000, 1)).toBe(1000);
  expect(loss(1000, 1)).toBe(0);
  expect(loss(-1000, 0)).toBe(0);
});

test("the perceptron criterion is 0 for right answers and |z| for a wrong one", () => {
  const criterion = (z: number, y: number) =>
    numbers(() => perceptronCriterion(tf.scalar(z), tf.step(tf.scalar(z)), tf.scalar(y)))[0];
  expect(criterion(2, 1)).toBe(0);
  expect(criterion(-2, 0)).toBe(0);
  expect(criterion(2, 0)).toBe(2);
  expect(criterion(-2, 1)).toBe(2);
});

test("one descent of the perceptron criterion at learning rate 1 is Rosenblatt's rule", () => {
  const [w, x, y] = [[0.5, -1], [1, 2], 1];
  const after = numbers(() => {
    const criterion = (weights: tf.Tensor) => {
      const z = tf.sum(weights.mul(tf.tensor1d(x)));
      return perceptronCriterion(z, tf.step(z), tf.scalar(y));
    };
    return tf.tensor1d(w).sub(tf.grad(criterion)(tf.tensor1d(w)));
  });
  // w·x = −1.5, so ŷ = 0 and w ← w + (1 − 0) x.
  expect(after).toEqual([1.5, 1]);
});

test("cross-entropy is −ln of the softmax of the right class", () => {
  fc.assert(
    fc.property(fc.array(logits, { minLength: 1, maxLength: 3 }), (rows) => {
      const k = Math.min(...rows.map((row) => row.length));
      const z = rows.map((row) => row.slice(0, k));
      const right = z.map((_, i) => i % k);
      const oneHot = right.map((c) => Array.from({ length: k }, (_, j) => (j === c ? 1 : 0)));
      const [loss] = numbers(() => crossEntropy(tf.tensor2d(z), tf.tensor2d(oneHot)));
      const expected = meanOf(
        z.map((row, i) => {
          const total = row.reduce((sum, zk) => sum + Math.exp(zk), 0);
          return Math.log(total) - (row[right[i] as number] as number);
        }),
      );
      expect(Math.abs((loss as number) - expected)).toBeLessThan(1e-5 * (1 + expected));
    }),
  );
});

test("cross-entropy takes one example, and logits of ±1000", () => {
  expect(numbers(() => crossEntropy(tf.tensor1d([0, 0]), tf.tensor1d([1, 0])))[0]).toBeCloseTo(
    Math.LN2,
    6,
  );
  expect(numbers(() => crossEntropy(tf.tensor1d([1000, -1000]), tf.tensor1d([0, 1])))).toEqual([
    2000,
  ]);
});

test("no loss leaves a tensor behind besides its value", () => {
  const z = tf.tensor1d([1, -1]);
  const y = tf.tensor1d([1, 0]);
  const before = tf.memory().numTensors;
  tf.tidy(() => binaryCrossEntropy(z, y)).dispose();
  tf.tidy(() => squaredError(z, y)).dispose();
  tf.tidy(() => perceptronCriterion(z, y, y)).dispose();
  tf.tidy(() => crossEntropy(z, y)).dispose();
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([z, y]);
});
