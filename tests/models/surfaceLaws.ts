import { expect, test } from "vitest";
import { bestAnswer, bestWeights } from "../../chapters/03-learning/tinyWeights.ts";
import { mlp } from "../../src/models/mlp.ts";
import { surfaces } from "../../src/models/surfaces.ts";
import * as tf from "../../src/models/tf.ts";
import { tinyNetwork } from "../../src/models/tinyNetwork.ts";
import type { OptimiserName } from "../../src/training/lab.ts";
import { optimisers } from "../../src/training/optimisers.ts";
import functions from "../golden/functions.json";
import "./allclose.ts";
import { gradientsOf, numbersOf, programOf, type Run, valuesOf } from "./evaluate.ts";

type Golden = (typeof functions.surfaces)[number];

const runners = Object.keys(optimisers) as readonly OptimiserName[];
const rates = { rateSgd: 0.1, rateMomentum: 0.1, rateRmsprop: 0.1, rateAdam: 0.1 };

/** The four descents, one at each row of the golden θ. */
function descentAt({ surface, weights, theta, x, y }: Golden): Run {
  const program = programOf({
    program: "learning-descent",
    config: { surface, weights, startX: 0, startY: 0, ...rates },
  });
  const others = Object.entries(program.parameters).map(([name, { shape }]) => [
    name,
    { shape, data: new Float32Array(shape.reduce((size, length) => size * length, 1)) },
  ]);
  const points = runners.map((name, i) => [`theta.${name}`, theta[i]]);
  return {
    program,
    parameters: Object.fromEntries([...others, ...points]),
    inputs: { x, y },
  };
}

/** What the surfaces that are descended must fulfil, on the current backend. */
export function surfaceLaws(): void {
  for (const golden of functions.surfaces) {
    const name = golden.surface === "network" ? `network, ${golden.weights}` : golden.surface;
    test(`the surface ${name}: heights and slopes are PyTorch's`, async () => {
      const run = descentAt(golden);
      const { J, L } = await valuesOf(run);
      expect(J).toBeAllclose(golden.J);
      expect(L).toBeAllclose(golden.J.reduce((sum, height) => sum + height, 0));
      const at = Object.fromEntries(
        runners.map((runner) => [`theta.${runner}`, { shape: [2], data: new Float32Array(2) }]),
      );
      const gradients = await gradientsOf(run, at);
      for (const [i, runner] of runners.entries()) {
        const slope = golden.gradient[i] as number[];
        expect(gradients[`theta.${runner}`], runner).toBeAllclose(slope);
      }
    });

    test(`the surface ${name} has the same heights where no descent stands`, async () => {
      const { program, parameters, inputs } = descentAt(golden);
      const { output } = await valuesOf({
        program: { parameters: program.parameters, forward: program.forward },
        parameters,
        inputs: { ...inputs, theta: golden.theta },
      });
      expect(output).toBeAllclose(golden.J);
    });
  }

  // The minima are those of the functions' documentation.
  test.each([
    ["bowl", 0, 0, 0],
    ["rosenbrock", 1, 1, 0],
    ["himmelblau", 3, 2, 0],
    ["valley", 0, 0, 0],
    ["saddle", 0, Math.SQRT2, -1],
  ] as const)("%s: its minimum is where it is said to be, and flat", async (name, x, y, height) => {
    const surface = surfaces[name];
    const found = await numbersOf(() => surface(tf.scalar(x), tf.scalar(y)));
    expect(found).toBeAllclose(height, { absolute: 1e-5 });
    const slopes = await numbersOf(() =>
      tf.stack(
        tf.grads(surface as (x: tf.Tensor, y: tf.Tensor) => tf.Tensor)([
          tf.scalar(x),
          tf.scalar(y),
        ]),
      ),
    );
    expect(slopes).toBeAllclose([0, 0], { absolute: 1e-4 });
  });

  test("the tiny network is a multilayer perceptron, and answers as its data were made", async () => {
    const [w_1, w_2, b_1, b_2, v_1, v_2, c] = bestWeights as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const x = [-2, -0.5, 0, 0.3, 1.7];
    const tiny = await numbersOf(() =>
      tinyNetwork(tf.tensor2d([[...bestWeights]]), tf.tensor1d(x)).squeeze(),
    );
    const layered = await numbersOf(() => {
      const hidden = {
        W: tf.tensor2d([[w_1], [w_2]]),
        b: tf.tensor1d([b_1, b_2]),
        g: <T extends tf.Tensor>(z: T) => z.tanh(),
      };
      const output = { W: tf.tensor2d([[v_1, v_2]]), b: tf.tensor1d([c]) };
      return mlp({ hidden: [hidden], output }, tf.tensor2d(x, [5, 1])).squeeze();
    });
    expect(tiny).toBeAllclose(layered);
    expect(tiny).toBeAllclose(x.map(bestAnswer), { absolute: 1e-5 });
  });
}
