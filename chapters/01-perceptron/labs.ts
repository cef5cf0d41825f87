import { entry, filled, ndarray } from "../../src/data/ndarray.ts";
import { type GateName, logicGate, range } from "../../src/data/points.ts";
import { activationOptions } from "../../src/training/activationOptions.ts";
import {
  defineLab,
  type Edit,
  type Frame,
  type Lab,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { corners, planeGrid, pointsOf } from "./points.ts";
import { isYes, numbers, pointText } from "./words.ts";

/** The activation functions that the chapter compares; `step` first, as history had it. */
export const compared = activationOptions("step", "sigmoid", "tanh", "relu", "leakyRelu", "gelu");

/** The values of z at which curves are drawn. Odd in number, so that 0 is among them. */
export const curveRange = { from: -6, to: 6, count: 241 } as const;
const curve = range(curveRange.from, curveRange.to, curveRange.count);

/** A vector of length `n` that is 1 at `index` and 0 elsewhere. */
function basis(n: number, index: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === index ? 1 : 0));
}

function fiveInputs(on: number): Edit {
  return {
    config: { inputs: 5, activation: "sigmoid", names: "plain" },
    write: { w: basis(5, 0), b: 0.5 },
    data: { x: [basis(5, on)], y: [1] },
  };
}

/** Hunger, wish for pizza, wish for burrito. */
function dinner(x: readonly number[], b: number): Edit {
  return {
    config: { inputs: 3, activation: "step", names: "dinner" },
    write: { w: [0, -1, 1], b },
    data: { x: [x], y: [1] },
  };
}

const neuron = defineLab({
  id: "perceptron-neuron",
  version: 1,
  title: "One neuron by hand",
  invitation: "Drag any number (an input, a weight, the bias) and follow it to the answer.",
  fields: {
    activation: {
      kind: "choice",
      label: "Activation",
      initial: "sigmoid",
      options: compared,
    },
    inputs: {
      kind: "number",
      label: "Inputs",
      initial: 5,
      min: 1,
      max: 8,
      integer: true,
      restarts: true,
    },
    names: {
      kind: "choice",
      label: "Names",
      initial: "plain",
      options: [
        { value: "plain", label: "x₁, x₂, …" },
        { value: "dinner", label: "dinner" },
      ],
    },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.5, batchSize: 1 }),
  },
  trains: true,
  data: ({ inputs }) => ({ x: ndarray([basis(inputs, 0)]), y: ndarray([1]) }),
  // The program takes z in place of x, too: the activation alone, for its curve.
  probes: () => ({ curve: { z: curve } }),
  watch: () => ["w", "b", "p", "z", "y_hat", "y_hat@curve"],
  describe: describeNeuron,
  presets: [
    { label: "First input on", edit: fiveInputs(0) },
    { label: "Third input on", edit: fiveInputs(2) },
    { label: "Burrito over pizza?", edit: dinner([1, 3, 4], 0) },
    { label: "Only if far better", edit: dinner([1, 3, 4], -1.5) },
  ],
});

/** The activation function in a sentence: "the sigmoid". */
function functionName({ config }: Frame): string {
  const label = compared.find(({ value }) => value === config.activation)?.label ?? "";
  return `the ${label.replace(/^S/, "s")}`;
}

function describeNeuron(frame: Frame): string {
  const z = entry(frame.values.z);
  const y_hat = entry(frame.values.y_hat);
  const p = numbers(frame.values.p);
  const sum = p.reduce((total, value) => total + value, 0);
  const b = entry(frame.values.b);
  return `The weighted sum is ${numberText(sum)}; with the bias ${numberText(b)} that makes z = ${numberText(z)}, and ${functionName(frame)} answers ŷ = ${numberText(y_hat)}.`;
}

const grid = planeGrid();

const byRule = { rule: "perceptron", optimiser: "sgd", learningRate: 0.1, batchSize: 1 } as const;

const line = defineLab({
  id: "perceptron-line",
  version: 1,
  title: "The decision line",
  invitation: "Drag the line until every dot is on its own side.",
  fields: {
    task: {
      kind: "choice",
      label: "Task",
      initial: "AND",
      options: [
        { value: "AND", label: "AND" },
        { value: "OR", label: "OR" },
        { value: "NAND", label: "NAND" },
        { value: "XOR", label: "XOR" },
        { value: "clouds", label: "Two clouds" },
      ],
    },
    rule: {
      kind: "choice",
      label: "Rule",
      initial: "perceptron",
      options: [
        { value: "perceptron", label: "Perceptron rule (step)" },
        { value: "gradient", label: "Gradient descent (sigmoid)" },
      ],
    },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.1, batchSize: 1 }),
  },
  trains: true,
  data: ({ task }, random) => pointsOf(task, random),
  probes: () => ({ grid: { x: grid }, corners: { x: corners } }),
  watch: () => [
    ...["w", "b", "z", "y_hat", "y_hat@grid", "y_hat@corners"],
    ...["grad w@batch", "grad b@batch"],
  ],
  describe: describeLine,
  presets: [
    { label: "AND", edit: gate("AND", [1, 1], -1.5) },
    { label: "One mistake", edit: gate("AND", [0.2, 0.1], -0.5) },
    { label: "OR", edit: gate("OR", [1, 1], -1.5) },
    { label: "XOR: no line", edit: gate("XOR", [1, 1], -0.5) },
    {
      label: "Two clouds",
      edit: { config: { task: "clouds", ...byRule }, write: { w: [1, 0.6], b: -0.9 } },
    },
  ],
});

/** A gate with its four dots, and a line to begin with. */
function gate(task: GateName, w: readonly number[], b: number): Edit {
  return { config: { task, ...byRule }, data: logicGate(task), write: { w, b } };
}

function describeLine(frame: Frame): string {
  const y = numbers(frame.data.y);
  const y_hat = numbers(frame.values.y_hat);
  const wrong = y.flatMap((target, i) => (isYes(y_hat[i]) === isYes(target) ? [] : [i]));
  const right = `${y.length - wrong.length} of ${y.length} dots are on their own side`;
  const loss = `the loss is ${numberText(frame.loss)}`;
  if (wrong.length === 0) return `All ${y.length} dots are on their own side; ${loss}.`;
  if (wrong.length > 4) return `${right}; ${loss}.`;
  const where = wrong.map((i) => pointText(frame.data.x, i)).join(", ");
  return `${right}; wrong: ${where}; ${loss}.`;
}

const activations = defineLab({
  id: "perceptron-activations",
  version: 1,
  title: "Six activation functions",
  invitation: "Move along the curve and watch the tangent: where it lies flat, learning stops.",
  fields: {
    activation: {
      kind: "choice",
      label: "Activation",
      initial: "sigmoid",
      options: compared,
    },
    flat: {
      kind: "number",
      label: "Call it flat below a slope of",
      initial: 0.05,
      min: 0.01,
      max: 0.25,
    },
  },
  trains: false,
  data: () => ({ x: ndarray([1]) }),
  probes: () => ({ curve: { x: curve } }),
  watch: () => ["z", "a", "grad z", "a@curve", "grad z@curve"],
  describe: describeActivation,
});

function describeActivation(frame: Frame): string {
  const z = entry(frame.values.z);
  const a = entry(frame.values.a);
  const slope = entry(frame.values["grad z"]);
  const flat = Math.abs(slope) < Number(frame.config.flat);
  const verdict = flat ? "flat: here next to nothing is learned" : "steep enough to learn from";
  return `At z = ${numberText(z)} ${functionName(frame)} is ${numberText(a)} and its slope ${numberText(slope)}, ${verdict}.`;
}

const layer = defineLab({
  id: "perceptron-layer",
  version: 1,
  title: "A layer of neurons",
  invitation:
    "Choose a cell of Z to see the two rows that made it; then change a number in one of them.",
  fields: {
    neurons: { kind: "number", label: "Neurons", initial: 3, min: 1, max: 6, integer: true },
    inputs: { kind: "number", label: "Inputs", initial: 2, min: 1, max: 6, integer: true },
    examples: { kind: "number", label: "Examples", initial: 4, min: 1, max: 6, integer: true },
    activation: {
      kind: "choice",
      label: "Activation",
      initial: "sigmoid",
      options: compared,
    },
  },
  trains: false,
  // The figure only computes; `y` gives the console's `grad` a loss to differentiate.
  data: ({ neurons, inputs, examples }) => ({
    x: ndarray(binaryRows(examples, inputs)),
    y: filled([examples, neurons]),
  }),
  watch: () => ["X", "W", "b", "Z", "Y_hat"],
  describe: describeLayer,
  presets: [
    { label: "One example", edit: { config: { neurons: 3, inputs: 2, examples: 1 } } },
    { label: "A batch of four", edit: { config: { neurons: 3, inputs: 2, examples: 4 } } },
    {
      label: "Three gates at once",
      edit: {
        config: { neurons: 3, inputs: 2, examples: 4, activation: "step" },
        write: {
          W: [
            [1, 1],
            [1, 1],
            [-1, -1],
          ],
          b: [-1.5, -0.5, 1.5],
        },
      },
    },
  ],
});

/** The first `count` numbers in binary, one a row: with two columns, the four corners. */
function binaryRows(count: number, columns: number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (_, column) => (row >> (columns - 1 - column)) & 1),
  );
}

function describeLayer({ config }: Frame): string {
  const { neurons, inputs, examples } = config;
  const m = examples === 1 ? "1 example" : `${examples} examples`;
  const k = neurons === 1 ? "1 neuron" : `${neurons} neurons`;
  return `${m}, ${k}: X is ${examples}×${inputs}, Wᵀ is ${inputs}×${neurons}, so Z and Ŷ are ${examples}×${neurons}.`;
}

export const labs: readonly Lab[] = [neuron, line, activations, layer];
