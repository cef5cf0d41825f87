import { expect, test } from "vitest";
import { activations } from "../../src/models/activations.ts";
import { bumps } from "../../src/models/bumps.ts";
import { dropout } from "../../src/models/dropout.ts";
import { featureNames, featuresOf } from "../../src/models/features.ts";
import { linear } from "../../src/models/linear.ts";
import { type Hidden, mlp } from "../../src/models/mlp.ts";
import { batchNorm, layerNorm } from "../../src/models/normalisation.ts";
import { answers } from "../../src/models/output.ts";
import { scalarNetwork } from "../../src/models/scalarNetwork.ts";
import { untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { randomStream } from "../../src/training/random.ts";
import "./allclose.ts";
import { gradientsOf, numbersOf, runOf, valuesOf } from "./evaluate.ts";
import { goldenCase } from "./golden.ts";

const X = [
  [1, -2, 0.5],
  [0.25, 3, -1],
  [-1.5, 0.5, 2],
  [2, 1, 1],
];

const x = () => tf.tensor2d(X);

/** The means and the biased variances of a matrix along one axis, `[2, …]`. */
function moments(values: tf.Tensor, axis: 0 | 1): tf.Tensor {
  const mean = values.mean(axis, true);
  return tf.stack([mean.squeeze([axis]), values.sub(mean).square().mean(axis)]);
}

/** A normalisation that adds nothing of its own, with running statistics as they begin. */
const fresh = () => ({
  gamma: tf.ones([3]),
  beta: tf.zeros([3]),
  running_mean: tf.zeros([3]),
  running_var: tf.ones([3]),
});

/** A hidden layer, with nothing around its activation. */
function hiddenLayer(W: number[][], b: number[], g: Hidden["g"]): Hidden {
  return { W: tf.tensor2d(W), b: tf.tensor1d(b), g };
}

const W_1 = [
  [0.5, -1, 2],
  [1.5, 0.25, -0.75],
];
const b_1 = [0.1, -0.2];
const W_2 = [[-1, 0.5]];
const b_2 = [0.3];

const network = (g: Hidden["g"]) => ({
  hidden: [hiddenLayer(W_1, b_1, g)],
  output: { W: tf.tensor2d(W_2), b: tf.tensor1d(b_2) },
});

/** Numbers that are uniform on [0, 1): `[rows, 3]`. */
function uniform(rows: number): tf.Tensor2D {
  const random = randomStream(1, "law of dropout");
  const draws = Array.from({ length: 3 * rows }, () => random.uniform());
  return tf.tensor2d(draws, [rows, 3]);
}

/** What layers, normalisations, dropout and outputs must fulfil, on the current backend. */
export function networkLaws(): void {
  test("a network without activations is one linear layer, W₂W₁ and W₂b₁ + b₂", async () => {
    const stacked = await numbersOf(() => mlp(network(activations.identity), x()));
    const single = await numbersOf(() => {
      const W = tf.tensor2d(W_2).matMul(tf.tensor2d(W_1));
      const b = tf.tensor2d(W_2).dot(tf.tensor1d(b_1)).add(tf.tensor1d(b_2));
      return linear({ W, b }, x());
    });
    expect(stacked).toBeAllclose(single);
  });

  test("exchanging two hidden units, with what they are multiplied by, changes no answer", async () => {
    const before = await numbersOf(() => mlp(network(activations.tanh), x()));
    const after = await numbersOf(() =>
      mlp(
        {
          hidden: [hiddenLayer(W_1.toReversed(), b_1.toReversed(), activations.tanh)],
          output: { W: tf.tensor2d(W_2.map((row) => row.toReversed())), b: tf.tensor1d(b_2) },
        },
        x(),
      ),
    );
    expect(after).toBeAllclose(before);
  });

  test("the network of scalars is the network of matrices", async () => {
    const scalars = {
      w_11: 0.5,
      w_12: -1,
      w_21: 1.5,
      w_22: 0.25,
      b_1: 0.1,
      b_2: -0.2,
      v_1: -1,
      v_2: 0.5,
      c: 0.3,
    };
    const points = X.map((row) => row.slice(0, 2));
    const apart = await numbersOf(() => {
      const weights = Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)]);
      const functions = { g: activations.gelu, f: activations.identity };
      return scalarNetwork(Object.fromEntries(weights), tf.tensor2d(points), functions).y_hat;
    });
    const together = await numbersOf(() => {
      const W = W_1.map((row) => row.slice(0, 2));
      const output = { W: tf.tensor2d(W_2), b: tf.tensor1d(b_2) };
      const hidden = [hiddenLayer(W, b_1, activations.gelu)];
      return mlp({ hidden, output }, tf.tensor2d(points)).squeeze([-1]);
    });
    expect(apart).toBeAllclose(together);
  });

  test("rows of softmax sum to 1, and none is negative, however large the logits", async () => {
    const rows = [
      [1, 2, 3],
      [0, 0, 0],
      [-1000, 0, 1000],
      [3e4, 2.9e4, -3e4],
    ];
    const y_hat = await numbersOf(() => answers.classes(tf.tensor2d(rows)));
    expect(y_hat.data.every((entry) => entry >= 0 && Number.isFinite(entry))).toBe(true);
    const sums = await numbersOf(() => answers.classes(tf.tensor2d(rows)).sum(-1));
    expect(sums).toBeAllclose([1, 1, 1, 1]);
  });

  test("in training, each feature that batch normalisation gives has mean 0 and variance 1", async () => {
    const found = await numbersOf(() => moments(batchNorm(fresh(), x(), true), 0));
    const [zeros, ones] = [
      [0, 0, 0],
      [1, 1, 1],
    ];
    expect(found).toBeAllclose([zeros, ones], { absolute: 1e-4 });
  });

  test("in training, batch normalisation does not see a feature's scale or origin", async () => {
    const plain = await numbersOf(() => batchNorm(fresh(), x(), true));
    const moved = await numbersOf(() =>
      batchNorm(
        fresh(),
        x()
          .mul(tf.tensor1d([3, 0.5, 10]))
          .add(tf.tensor1d([5, -1, 2])),
        true,
      ),
    );
    expect(moved).toBeAllclose(plain, { absolute: 1e-3 });
  });

  test("out of training, batch normalisation treats each example alone, and starts as the identity", async () => {
    const together = await numbersOf(() => batchNorm(fresh(), x(), false));
    const alone = await numbersOf(() =>
      tf.stack(X.map((row) => batchNorm(fresh(), tf.tensor1d(row), false))),
    );
    expect(together).toBeAllclose(alone);
    expect(together).toBeAllclose(X, { relative: 1e-5 });
  });

  test("the running statistics approach a batch that comes again and again: 1 − 0.9ᵗ of the way", async () => {
    const steps = 20;
    const run = () => {
      let norm = fresh();
      for (let t = 0; t < steps; t++) {
        const next: Record<string, tf.Tensor> = {};
        batchNorm(norm, x(), true, (name, value) => {
          next[name] = value;
          return value;
        });
        norm = {
          ...norm,
          running_mean: next.next_mean as tf.Tensor1D,
          running_var: next.next_var as tf.Tensor1D,
        };
      }
      return tf.stack([norm.running_mean, norm.running_var]);
    };
    const share = 1 - 0.9 ** steps;
    const expected = await numbersOf(() => {
      const [mean, variance] = moments(x(), 0).unstack() as [tf.Tensor, tf.Tensor];
      const unbiased = variance.mul(4 / 3);
      return tf.stack([mean.mul(share), unbiased.mul(share).add(1 - share)]);
    });
    expect(await numbersOf(run)).toBeAllclose(expected);
  });

  test("a batch of one is normalised to β, and its running statistics stay finite", async () => {
    const seen: Record<string, tf.Tensor> = {};
    const y = await numbersOf(() => {
      const answer = batchNorm(fresh(), tf.tensor2d([[7, -3, 0]]), true, (name, value) => {
        seen[name] = value;
        return value;
      });
      return tf.concat([answer.flatten(), seen.next_mean!, seen.next_var!]);
    });
    expect(y).toBeAllclose([0, 0, 0, 0.7, -0.3, 0, 0.9, 0.9, 0.9]);
  });

  test("each example that layer normalisation gives has mean 0 and variance 1, whatever the others are", async () => {
    const norm = () => ({ gamma: tf.ones([3]), beta: tf.zeros([3]) });
    const found = await numbersOf(() => moments(layerNorm(norm(), x()), 1));
    const [zeros, ones] = [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ];
    expect(found).toBeAllclose([zeros, ones], { absolute: 1e-4 });
    const together = await numbersOf(() => layerNorm(norm(), x()));
    const alone = await numbersOf(() =>
      tf.stack(X.map((row) => layerNorm(norm(), tf.tensor1d(row)))),
    );
    expect(together).toBeAllclose(alone);
  });

  test("dropout keeps the mean: over many masks, to four deviations of its estimate", async () => {
    const [rows, p] = [4000, 0.3];
    const a = [0.5, -2, 4];
    const mean = await numbersOf(() =>
      dropout(tf.tensor1d(a).tile([rows]).reshape([rows, 3]), p, uniform(rows)).mean(0),
    );
    for (const [i, value] of a.entries()) {
      // Of a mask with mean 1: p/(1 − p) is its variance.
      const deviation = (Math.abs(value) * Math.sqrt(p / (1 - p))) / Math.sqrt(rows);
      expect(Math.abs((mean.data[i] as number) - value)).toBeLessThan(4 * deviation);
    }
  });

  test("dropout gives 0 or a/(1 − p), 0 exactly where u < p", async () => {
    const u = [0, 0.24, 0.25, 0.9];
    const thinned = await numbersOf(() =>
      dropout(tf.tensor1d([1, 2, 3, -6]), 0.25, tf.tensor1d(u)),
    );
    expect(thinned).toBeAllclose([0, 0, 4, -8]);
  });

  test("dropout without draws is the identity", () => {
    const a = tf.tensor1d([1, 2]);
    expect(dropout(a, 0.5, undefined)).toBe(a);
    a.dispose();
  });

  test("without its draws, a network with dropout answers as one without", async () => {
    const golden = goldenCase("mlp-playground, dropout", "no draws");
    const run = runOf(golden);
    const plain = runOf({ ...golden, config: { ...golden.config, dropout: 0 } });
    expect((await valuesOf(run)).output).toEqual((await valuesOf(plain)).output);
  });

  test("hidden units that start alike get the same gradient, and stay alike", async () => {
    const golden = goldenCase("mlp-playground, tanh", "a batch");
    const alike = {
      ...golden.parameters,
      "layers.0.W": Array.from({ length: 4 }, () => [0.4, -0.2]),
      "layers.0.b": [0.1, 0.1, 0.1, 0.1],
      "layers.1.W": Array.from({ length: 3 }, () => [0.3, 0.3, 0.3, 0.3]),
    };
    const shape = { shape: [4, 2], data: new Float32Array(8) };
    const run = { ...runOf(golden), parameters: alike };
    const { "layers.0.W": gradient } = await gradientsOf(run, { "layers.0.W": shape });
    const [first, second] = gradient!.data;
    expect(first).not.toBe(0);
    expect(gradient).toBeAllclose(Array.from({ length: 4 }, () => [first!, second!]));
  });

  test("features are x₁, x₂, x₁², x₂², x₁x₂, sin x₁ and sin x₂, in this order", async () => {
    const [a, b] = [0.5, -2];
    const expected = [a, b, a * a, b * b, a * b, Math.sin(a), Math.sin(b)];
    const phi = await numbersOf(() => featuresOf(featureNames, tf.tensor1d([a, b])));
    expect(phi).toBeAllclose(expected);
    const rows = await numbersOf(() => featuresOf(featureNames, tf.tensor2d([[a, b]])));
    expect(rows).toBeAllclose([expected]);
  });

  test("two steep sigmoids make a bump: its height between its edges, 0 outside", async () => {
    const seen = await numbersOf(() => {
      const hidden = { W: tf.fill([4, 1], 200), b: tf.tensor1d([-20, -60, -100, -140]) };
      const output = { W: tf.tensor2d([[2, -2, -1, 1]]), b: tf.tensor1d([0.5]) };
      return bumps({ hidden, output }, tf.tensor1d([0, 0.2, 0.4, 0.6, 0.9]), untapped);
    });
    expect(seen).toBeAllclose([0.5, 2.5, 0.5, -0.5, 0.5], { absolute: 1e-3 });
  });
}
