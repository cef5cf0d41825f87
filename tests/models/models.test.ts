import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { programs } from "../../chapters/01-perceptron/programs.ts";
import { sizeOf } from "../../src/data/ndarray.ts";
import { activationNamed, activations } from "../../src/models/activations.ts";
import { untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { modelLaws } from "./laws.ts";

modelLaws("cpu", async () => {
  await tf.setBackend("cpu");
});

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
