import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { programs } from "../../chapters/01-perceptron/programs.ts";
import { sizeOf } from "../../src/data/ndarray.ts";
import { activationNamed, activations } from "../../src/models/activations.ts";
import { chosenFeatures } from "../../src/models/features.ts";
import { type Multilayer, multilayer } from "../../src/models/multilayer.ts";
import { untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { gradientsOf, programOf, valuesOf } from "./evaluate.ts";
import { modelLaws } from "./laws.ts";
import { transformerShapes } from "./transformerLaws.ts";

modelLaws("cpu", async () => {
  await tf.setBackend("cpu");
});

transformerShapes();

test("an activation that does not exist is refused, with the list of those that do", () => {
  expect(activationNamed("gelu")).toBe(activations.gelu);
  expect(() => activationNamed("swish")).toThrow(/identity, step, sigmoid.*got "swish"/);
  expect(() => activationNamed("toString")).toThrow(RangeError);
});

test("a program without its input says which one it needs, and what it was given", () => {
  const neuron = programs["perceptron-neuron"]({ activation: "sigmoid", inputs: 2 });
  const parameters = { w: tf.tensor1d([1, 0]), b: tf.scalar(0) };
  const { loss } = neuron;
  expect(() => loss?.(parameters, { x: tf.tensor1d([1, 2]) }, untapped)).toThrow(
    'needs "y", but was given x',
  );
  tf.dispose(parameters);
});

test("the neuron by hand starts on the first coordinate, with a bias of one half", () => {
  for (const inputs of [1, 5, 8]) {
    const { w, b } = programs["perceptron-neuron"]({ activation: "sigmoid", inputs }).parameters;
    const rest = Array.from({ length: inputs - 1 }, () => 0);
    expect(w).toEqual({ shape: [inputs], initial: { kind: "values", values: [1, ...rest] } });
    expect(b).toEqual({ shape: [], initial: { kind: "constant", value: 0.5 } });
  }
});

test("given z in place of x, the neuron by hand is its activation alone", () => {
  const program = programs["perceptron-neuron"]({ activation: "relu", inputs: 2 });
  const parameters = { w: tf.tensor1d([1, 0]), b: tf.scalar(0.5) };
  const z = tf.tensor1d([-1, 0, 2]);
  const y_hat = program.forward(parameters, { z }, untapped);
  expect(y_hat.arraySync()).toEqual([0, 0, 2]);
  tf.dispose({ ...parameters, z, y_hat });
});

test("a layer has k·n weights and k biases", () => {
  const { parameters } = programs["perceptron-layer"]({
    activation: "relu",
    neurons: 3,
    inputs: 4,
  });
  const count = Object.values(parameters).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  expect(count).toBe(3 * 4 + 3);
});

/** A network of these sizes, with whatever else the law is about. */
function network(sizes: readonly number[], more: Partial<Multilayer> = {}) {
  const activations = sizes.slice(2).map(() => "tanh");
  return multilayer({ sizes, activations, initialiser: "xavier", ...more });
}

test("a network has k·(n + 1) parameters for each layer from n to k, and 2k or 4k more to normalise", () => {
  const count = ({ parameters }: ReturnType<typeof network>) =>
    Object.values(parameters).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const plain = 8 * (2 + 1) + 5 * (8 + 1) + 1 * (5 + 1);
  expect(count(network([2, 8, 5, 1]))).toBe(plain);
  expect(count(network([2, 8, 5, 1], { norm: "layer" }))).toBe(plain + 2 * (8 + 5));
  expect(count(network([2, 8, 5, 1], { norm: "batch" }))).toBe(plain + 4 * (8 + 5));
});

test("batch normalisation follows the statistics of its batch, and nothing else does", () => {
  expect(network([2, 3, 3, 1], { norm: "batch" }).follows).toEqual({
    "layers.0.norm.running_mean": "layers.0.norm.next_mean",
    "layers.0.norm.running_var": "layers.0.norm.next_var",
    "layers.1.norm.running_mean": "layers.1.norm.next_mean",
    "layers.1.norm.running_var": "layers.1.norm.next_var",
  });
  expect(network([2, 3, 1], { norm: "layer" }).follows).toEqual({});
});

test("dropout draws one uniform number for each example and hidden unit, and none without it", () => {
  const { noise } = network([2, 4, 3, 1], { dropout: 0.2 });
  const shapes = Object.entries(noise).map(([name, { kind, shape }]) => [name, kind, shape(7)]);
  expect(shapes).toEqual([
    ["layers.0.u", "uniform", [7, 4]],
    ["layers.1.u", "uniform", [7, 3]],
  ]);
  expect(network([2, 4, 1]).noise).toEqual({});
});

test.each([
  [[3], {}, /at least two layers.*\[3\]/],
  [[2, 0, 1], {}, /whole numbers from 1.*\[2, 0, 1\]/],
  [[2, 3, 1], { activations: [] }, /activation for each of 1 hidden layers, got 0/],
  [[2, 3, 1], { activations: ["swish"] }, /got "swish"/],
  [[2, 3, 1], { initialiser: "lucky" }, /zeros, small, large.*got "lucky"/],
  [[2, 3, 1], { norm: "group" }, /none, batch, layer.*got "group"/],
  [[2, 3, 1], { dropout: 1 }, /from 0, below 1, got 1/],
])("a network of %j with %j is refused", (sizes, more, message) => {
  expect(() => network(sizes, more)).toThrow(message);
});

test("a playground without any feature says which ones there are", () => {
  expect(() => chosenFeatures({ x1: false })).toThrow(/at least one.*x1, x2, x1Squared/);
  expect(chosenFeatures({ sinX2: true, x2: true })).toEqual(["x2", "sinX2"]);
});

test("thirty layers started too large stay finite, and so do their gradients", async () => {
  const config = { inputs: 2, depth: 30, width: 64, activation: "relu", norm: "none" };
  const program = programOf({
    program: "learning-signals",
    config: { ...config, initialiser: "large" },
  });
  const run = {
    program,
    parameters: initialParameters(program.parameters, 1),
    inputs: {
      x: [
        [3, -3],
        [1, 2],
      ],
      y: [0, 1],
    },
  };
  const { L } = await valuesOf(run);
  expect(Number.isFinite(L?.data[0])).toBe(true);
  const like = { "layers.0.W": { shape: [64, 2], data: new Float32Array(128) } };
  const { "layers.0.W": gradient } = await gradientsOf(run, like);
  expect(gradient?.data.every(Number.isFinite)).toBe(true);
  expect(Math.max(...(gradient?.data ?? []))).toBeGreaterThan(1e15);
});
