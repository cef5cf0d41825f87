import { beforeAll, describe, expect, test } from "vitest";
import { type NDArray, sizeOf } from "../../src/data/ndarray.ts";
import { activationNames, activations } from "../../src/models/activations.ts";
import { layer } from "../../src/models/layer.ts";
import { neuron } from "../../src/models/neuron.ts";
import { untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import "./allclose.ts";
import type { Tolerance } from "./allclose.ts";
import {
  arrays,
  gradientsOf,
  numbersOf,
  programOf,
  runOf,
  slopesAlong,
  tensors,
  valuesOf,
} from "./evaluate.ts";
import { type GoldenCase, goldenCases, grouped, perceptronCases } from "./golden.ts";
import { imageLaws } from "./imageLaws.ts";
import { lossLaws } from "./lossLaws.ts";
import { networkLaws } from "./networkLaws.ts";
import { recurrentLaws } from "./recurrentLaws.ts";
import { surfaceLaws } from "./surfaceLaws.ts";
import { transformerLaws } from "./transformerLaws.ts";
import { writingLaws } from "./writingLaws.ts";

/** Numbers of both signs, none nearer to 0 than 0.1, so that no kink lies within a finite difference. */
const z_values = [-6, -3.1, -1.7, -0.9, -0.3, -0.1, 0.1, 0.4, 1.2, 2.3, 4.4, 6];

/** The sum of the products of their entries. */
function inner(a: NDArray, b: NDArray): number {
  return a.data.reduce((sum, entry, i) => sum + entry * b.data[i]!, 0);
}

/** GLSL and WGSL promise the sine of a float32 to within 2^−11 only. */
const sineOnGpu: Tolerance = { relative: 1e-3, absolute: 2 ** -11 };
/** In a stack of blocks, products of order 1 cancel after norms have enlarged their float32 errors. */
const stacked: Tolerance = { absolute: 1e-5 };
const isStack = ({ program }: GoldenCase) => program === "gpt" || program === "translation";

const seesSine = ({ config }: GoldenCase) => config.sinX1 === true || config.sinX2 === true;

const isBatch = ({ title }: GoldenCase) => title === "a batch";

/** What a model must fulfil on every backend. `start` makes the backend current. */
export function modelLaws(backend: string, start: () => Promise<unknown>): void {
  // A GPU in software compiles its shaders for seconds.
  describe(backend, { timeout: 60_000 }, () => {
    beforeAll(start, 60_000);

    // In software each kernel of a GPU costs a millisecond. Its kernels are held to PyTorch, gradients and
    // all, on one case of a kind; what follows from right kernels, and leaks, which are the same everywhere,
    // are tested elsewhere.
    const isGpu = backend.startsWith("webg");

    test("runs on the backend that is named", () => {
      expect(tf.getBackend()).toBe(backend);
    });

    for (const [name, all] of grouped(goldenCases)) {
      const cases = isGpu ? [all.find(isBatch) ?? (all[0] as GoldenCase)] : all;
      test(`${name}: output, taps and gradients are PyTorch's`, async () => {
        for (const golden of cases) {
          const own = isStack(golden) ? stacked : {};
          const tolerance = isGpu && seesSine(golden) ? sineOnGpu : own;
          const { output, ...values } = await valuesOf(runOf(golden));
          expect(output, `${golden.title}: output`).toBeAllclose(golden.output, tolerance);
          const expected = { ...golden.taps, ...golden.metrics };
          expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort());
          for (const [tap, value] of Object.entries(expected)) {
            expect(values[tap], `${golden.title}: ${tap}`).toBeAllclose(value, tolerance);
          }
          const gradients = await gradientsOf(runOf(golden), arrays(golden.gradients));
          for (const [at, gradient] of Object.entries(golden.gradients)) {
            const said = `${golden.title}: grad ${at}`;
            expect(gradients[at], said).toBeAllclose(gradient, tolerance);
          }
        }
      });

      test.skipIf(isGpu)(
        `${name}: the gradient at each parameter and tap is the slope of the loss`,
        async () => {
          const golden = cases.find(({ title }) => title === "a batch" || title === "a matrix")!;
          const gradients = await gradientsOf(runOf(golden), arrays(golden.gradients));
          const moves = Object.entries(gradients).map(([at, { shape }]): [string, NDArray] => {
            const waves = Array.from({ length: sizeOf(shape) }, (_, i) => Math.cos(1 + 2 * i));
            return [at, { shape, data: Float32Array.from(waves) }];
          });
          // A stack's blocks are held to this one by one, too.
          const together = isStack(golden);
          const directions = together ? [moves] : moves.map((move) => [move]);
          const epsilon = together ? 0.003 : 0.01;
          const run = runOf(golden);
          const slopes = await slopesAlong(run, directions.map(Object.fromEntries), epsilon);
          for (const [i, direction] of directions.entries()) {
            const along = direction.map(([at, move]) => inner(gradients[at]!, move));
            const names = direction.map(([at]) => at).join(", ");
            expect(slopes[i], `grad ${names}`).toBeAllclose(
              along.reduce((sum, slope) => sum + slope, 0),
              { relative: 2e-3, absolute: 2e-3 },
            );
          }
        },
      );
    }

    for (const name of activationNames) {
      test(`${name}: its derivative is the slope of its curve`, async () => {
        const g = activations[name];
        const epsilon = 0.01;
        const slope = await numbersOf(() => {
          const z = tf.tensor1d(z_values);
          return g(z.add(epsilon))
            .sub(g(z.sub(epsilon)))
            .div(2 * epsilon);
        });
        const derivative = await numbersOf(() => tf.grad(g)(tf.tensor1d(z_values)));
        expect(derivative).toBeAllclose(slope, { relative: 1e-3, absolute: 1e-3 });
      });

      test(`${name}: value and derivative stay finite far from 0`, async () => {
        const far = [-1000, -100, -20, 20, 100, 1000];
        for (const make of [activations[name], tf.grad(activations[name])]) {
          const { data } = await numbersOf(() => make(tf.tensor1d(far)));
          expect(data.every(Number.isFinite), [...data].join(", ")).toBe(true);
        }
      });
    }

    test.each([
      ["step(z) + step(−z) = 1", activations.step, 1, () => 1],
      ["σ(z) + σ(−z) = 1", activations.sigmoid, 1, () => 1],
      ["tanh(z) + tanh(−z) = 0", activations.tanh, 1, () => 0],
      ["relu(z) − relu(−z) = z", activations.relu, -1, (z: number) => z],
      ["leakyRelu(z) − leakyRelu(−z) = 1.01 z", activations.leakyRelu, -1, (z: number) => 1.01 * z],
      ["gelu(z) − gelu(−z) = z", activations.gelu, -1, (z: number) => z],
    ] as const)("%s", async (_law, g, sign, right) => {
      const left = await numbersOf(() => {
        const z = tf.tensor1d(z_values);
        return g(z).add(g(z.neg()).mul(sign));
      });
      expect(left).toBeAllclose(z_values.map(right));
    });

    test("a neuron on w = (1, 0, 0, 0, 0), b = ½ says 0.8176 where the first input is on, else 0.6225", async () => {
      // σ(1.5) and σ(0.5), rounded; https://en.wikipedia.org/wiki/Logistic_function gives σ.
      const y_hat = await numbersOf(() => {
        const w = tf.tensor1d([1, 0, 0, 0, 0]);
        const x = tf.tensor2d([
          [1, 0, 0, 0, 0],
          [0, 0, 1, 0, 0],
        ]);
        return neuron({ w, b: tf.scalar(0.5) }, x, activations.sigmoid).y_hat;
      });
      expect(y_hat).toBeAllclose([0.8176, 0.6225], { absolute: 5e-5, relative: 0 });
    });

    test("a batch is its examples, one a row", async () => {
      const golden = perceptronCases.find(
        ({ program, title, config }) =>
          program === "perceptron-layer" && title === "a batch" && config.activation === "tanh",
      )!;
      const run = runOf(golden);
      const whole = await valuesOf(run);
      const rows = golden.inputs.x as number[][];
      const targets = golden.inputs.y as number[][];
      for (const [i, row] of rows.entries()) {
        const alone = await valuesOf({ ...run, inputs: { x: row, y: targets[i]! } });
        for (const tap of ["X", "Z", "Y_hat"]) {
          const width = alone[tap]!.data.length;
          const part = whole[tap]!.data.slice(i * width, (i + 1) * width);
          expect(alone[tap], tap).toBeAllclose(part);
        }
      }
    });

    test("a layer of k neurons is k neurons side by side", async () => {
      const W = [
        [0.5, -1, 2],
        [1.5, 0.25, -0.75],
      ];
      const b = [0.1, -0.2];
      const x = [
        [1, 2, 3],
        [-1, 0.5, 0],
      ];
      const together = await numbersOf(
        () =>
          layer({ W: tf.tensor2d(W), b: tf.tensor1d(b) }, tf.tensor2d(x), activations.gelu).Y_hat,
      );
      const apart = await numbersOf(() => {
        const each = W.map((w, i) => {
          const one = { w: tf.tensor1d(w), b: tf.scalar(b[i]!) };
          return neuron(one, tf.tensor2d(x), activations.gelu).y_hat;
        });
        return tf.stack(each, 1);
      });
      expect(together).toBeAllclose(apart);
    });

    networkLaws();
    imageLaws();
    recurrentLaws();
    if (!isGpu) {
      transformerLaws();
      writingLaws();
    }
    lossLaws();
    surfaceLaws();

    const byHand = perceptronCases[0]!;

    test("a replaced tap is what everything downstream is computed from, and nothing upstream", async () => {
      const z = [-2, 0, 2, 100];
      const free = await valuesOf(runOf(byHand));
      const held = await valuesOf({ ...runOf(byHand), replace: { z } });
      expect(held.p).toEqual(free.p);
      expect(held.z).toBeAllclose(z);
      // σ(−2) and σ(2), computed with torch.sigmoid.
      expect(held.y_hat).toBeAllclose([0.11920292, 0.5, 0.88079708, 1]);
      expect(held.output).toBeAllclose(held.y_hat!);
    });

    test("the gradient stops at a replaced tap", async () => {
      const run = { ...runOf(byHand), replace: { z: [-2, 0, 2, 1] } };
      const gradients = await gradientsOf(run, arrays(byHand.gradients));
      for (const upstream of ["w", "b", "x", "p"]) {
        expect(
          gradients[upstream]!.data.every((entry) => entry === 0),
          upstream,
        ).toBe(true);
      }
      // (2/m)(ŷ − y) σ′(z), with m = 4 and y = (1, 0, 1, 0).
      const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
      const expected = [-2, 0, 2, 1].map((z, i) => {
        const y_hat = sigmoid(z);
        return 0.5 * (y_hat - [1, 0, 1, 0][i]!) * y_hat * (1 - y_hat);
      });
      expect(gradients.z).toBeAllclose(expected);
    });

    test.skipIf(isGpu)("nothing a program makes outlives its tidy", async () => {
      const before = tf.memory().numTensors;
      const groups = [...grouped(goldenCases).values()];
      for (const golden of goldenCases) {
        const program = programOf(golden);
        tf.tidy(() => {
          const parameters = tensors(golden.parameters);
          const inputs = tensors(golden.inputs);
          program.forward(parameters, inputs, untapped);
          program.loss?.(parameters, inputs, untapped);
          program.metrics?.(parameters, inputs);
        });
      }
      for (const [golden] of groups) {
        await gradientsOf(runOf(golden!), arrays(golden!.gradients));
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
