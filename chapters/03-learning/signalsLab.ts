import { ndarray } from "../../src/data/ndarray.ts";
import { activationOptions } from "../../src/training/activationOptions.ts";
import {
  type Config,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { spreadOf } from "../../src/viz/histogram.ts";
import { numberText } from "../../src/viz/numberText.ts";

const examples = 64;

/**
 * Points about the origin, each coordinate normal with deviation 1, so that the signal begins with size
 * 1: `x` [64, n], and `y` [64], 1 for those of them that are farther from the origin than half are.
 */
function farOrNear(n: number) {
  const random = randomStream(1, `${n} coordinates`);
  const x = Array.from({ length: examples }, () =>
    Array.from({ length: n }, () => random.normal()),
  );
  const distances = x.map((point) => Math.hypot(...point));
  const median = [...distances].sort((a, b) => a - b)[examples / 2 - 1] ?? 0;
  return { x: ndarray(x), y: ndarray(distances.map((distance) => (distance > median ? 1 : 0))) };
}

const deep = {
  depth: 10,
  width: 32,
  activation: "tanh",
  norm: "none",
  gradient: "z",
} as const;

function start(initialiser: string, more: Partial<Config> = {}): Edit {
  return { config: { ...deep, initialiser, ...more } };
}

export const signalsLab = defineLab({
  id: "learning-signals",
  version: 1,
  title: "Signals in a deep net",
  invitation:
    "Change how the weights start, and follow the signal down the net and its gradient back up.",
  fields: {
    initialiser: {
      kind: "choice",
      label: "Weights start",
      initial: "small",
      options: [
        { value: "zeros", label: "All zero" },
        { value: "small", label: "Too small (0.01)" },
        { value: "large", label: "Too large (1)" },
        { value: "xavier", label: "Xavier" },
        { value: "he", label: "He" },
      ],
      restarts: true,
    },
    activation: {
      kind: "choice",
      label: "Activation",
      initial: deep.activation,
      options: activationOptions("identity", "sigmoid", "tanh", "relu", "leakyRelu", "gelu"),
      restarts: true,
    },
    norm: {
      kind: "choice",
      label: "Normalise",
      initial: deep.norm,
      options: [
        { value: "none", label: "nothing" },
        { value: "batch", label: "batch" },
        { value: "layer", label: "layer" },
      ],
      restarts: true,
    },
    depth: {
      kind: "number",
      label: "Hidden layers",
      initial: deep.depth,
      min: 1,
      max: 30,
      integer: true,
    },
    width: {
      kind: "number",
      label: "Units a layer",
      initial: deep.width,
      min: 1,
      max: 64,
      integer: true,
    },
    gradient: {
      kind: "choice",
      label: "Gradient at",
      initial: deep.gradient,
      options: [
        { value: "z", label: "z" },
        { value: "W", label: "W" },
      ],
      place: "figure",
    },
    inputs: {
      kind: "number",
      label: "Inputs",
      initial: 16,
      min: 1,
      max: 64,
      integer: true,
      place: "more",
    },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.1, batchSize: 0 }),
  },
  trains: true,
  data: ({ inputs }) => farOrNear(inputs),
  watch: ({ depth, gradient }) =>
    Array.from({ length: depth }, (_, i) => [
      `layers.${i}.a`,
      `grad layers.${i}.${gradient}`,
    ]).flat(),
  describe: describeSignals,
  presets: [
    { label: "Too small", edit: start("small") },
    { label: "Too large", edit: start("large") },
    { label: "Xavier for tanh", edit: start("xavier") },
    { label: "He for ReLU", edit: start("he", { activation: "relu" }) },
    { label: "Xavier for ReLU, 30 deep", edit: start("xavier", { activation: "relu", depth: 30 }) },
    { label: "ReLU explodes", edit: start("large", { activation: "relu" }) },
    { label: "Normalised", edit: start("small", { norm: "layer" }) },
    { label: "All zero", edit: start("zeros") },
  ],
});

/** The numbers of one hidden layer, as the frame has them. */
export interface LayerSignals {
  readonly activations: Float32Array;
  readonly gradients: Float32Array;
}

const none = new Float32Array();

/** What goes through each hidden layer, the first one first. */
export function signalsOf({ config, values }: Frame): LayerSignals[] {
  return Array.from({ length: Number(config.depth) }, (_, i) => ({
    activations: values[`layers.${i}.a`]?.data ?? none,
    gradients: values[`grad layers.${i}.${config.gradient}`]?.data ?? none,
  }));
}

/** What becomes of a signal on its way from one size to another, in words. */
function fate(from: number, to: number): string {
  if (to === 0) return "is gone";
  const ratio = to / from;
  if (ratio < 1e-2) return "vanishes";
  if (ratio > 1e2) return "explodes";
  return "keeps its size";
}

function describeSignals(frame: Frame): string {
  const layers = signalsOf(frame).map(({ activations, gradients }) => ({
    a: spreadOf(activations).deviation,
    g: spreadOf(gradients).deviation,
  }));
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) return "There is no hidden layer.";
  const forward = `Down the net the signal ${fate(first.a, last.a)} (deviation ${numberText(first.a)} in layer 1, ${numberText(last.a)} in layer ${layers.length})`;
  const backward = `on the way back the gradient ${fate(last.g, first.g)} (${numberText(last.g)} in layer ${layers.length}, ${numberText(first.g)} in layer 1)`;
  return `${forward}; ${backward}. The loss is ${numberText(frame.loss)}.`;
}
