import { entry, filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";

/** The most steps, and the units of the state. */
export const mostSteps = 24;
export const units = 2;

const examples = 32;
/** What the sequence on show begins with. */
const shown = 0.8;

/** The parameters, whose gradients make up the norm that is clipped. */
export const parameterNames = ["W_x", "W_h", "b_h", "W_y", "b_y"] as const;

/** The weights that the lab opens with: W_h turns the state by 37°, and neither stretches nor shrinks it. */
export const startWeights = {
  W_x: [[1], [0.5]],
  W_h: [
    [0.8, -0.6],
    [0.6, 0.8],
  ],
  b_h: [0, 0],
  W_y: [[1, -0.5]],
  b_y: [0],
};

export const gradientLab = defineLab({
  id: "rnn-gradient",
  version: 1,
  title: "Gradient through time",
  invitation:
    "Make the recurrent weights smaller or larger, and see how much of the gradient arrives at the first step.",
  fields: {
    factor: { kind: "number", label: "Wₕ times", initial: 0.6, min: 0, max: 3 },
    g: {
      kind: "choice",
      label: "Curve g",
      initial: "tanh",
      options: [
        { value: "tanh", label: "tanh" },
        { value: "relu", label: "ReLU" },
        { value: "identity", label: "none" },
      ],
    },
    steps: { kind: "number", label: "Steps T", initial: 12, min: 2, max: mostSteps, integer: true },
    truncate: {
      kind: "number",
      label: "Cut every k steps (0: never)",
      initial: 0,
      min: 0,
      max: mostSteps,
      integer: true,
    },
    clipNorm: { kind: "number", label: "Clip the norm at (0: off)", initial: 0, min: 0, max: 10 },
    counted: {
      kind: "text",
      label: "Steps whose loss counts",
      initial: "last",
      longest: 100,
      place: "figure",
    },
    place: {
      kind: "number",
      label: "Place in the walk",
      initial: 2 * mostSteps,
      min: 0,
      max: 2 * mostSteps,
      integer: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "sgd", learningRate: 0.1, batchSize: 0 }),
  },
  trains: true,
  data: ({ steps }, random) =>
    remembering(
      Array.from({ length: examples }, () => 2 * random() - 1),
      steps,
    ),
  input: ({ steps }) => remembering([shown], steps),
  watch: ({ clipNorm }) => [
    ...parameterNames,
    ...["a", "h", "J", "y_hat"].map((name) => `steps.*.${name}`),
    "h_0",
    "L_t",
    "L",
    "grad steps.*.h",
    ...parameterNames.map((name) => `grad ${name}`),
    ...(clipNorm > 0 ? parameterNames.map((name) => `grad ${name}@batch`) : []),
  ],
  describe: describeGradient,
  presets: [
    { label: "It vanishes", edit: start({ factor: 0.6, g: "tanh", steps: 12 }) },
    { label: "It explodes", edit: start({ factor: 1.4, g: "identity", steps: 20 }) },
    { label: "tanh holds it back", edit: start({ factor: 1.4, g: "tanh", steps: 20 }) },
    { label: "Neither", edit: start({ factor: 1, g: "identity", steps: 20 }) },
    { label: "Every step counts", edit: start({ counted: "all" }) },
    { label: "Cut every 4 steps", edit: start({ factor: 0.9, truncate: 4 }) },
  ],
});

function start(config: NonNullable<Edit["config"]>): Edit {
  return {
    config: {
      ...{ factor: 0.6, g: "tanh", steps: 12, truncate: 0, clipNorm: 0, counted: "last" },
      place: 2 * mostSteps,
      ...config,
    },
    write: startWeights,
  };
}

/** Sequences that begin with a number and are silent from then on, `x`; `y`, at every step, is that number. */
function remembering(firsts: readonly number[], steps: number) {
  const x = filled([firsts.length, steps]);
  for (const [i, first] of firsts.entries()) x.data[i * steps] = first;
  return { x, y: ndarray(firsts.map((first) => Array<number>(steps).fill(first))) };
}

/** Which steps' loss counts, from 1: the numbers of the setting that are steps; else the last. */
export function countedSteps(counted: string, steps: number): number[] {
  if (counted === "all") return Array.from({ length: steps }, (_, i) => i + 1);
  const numbers = (counted.match(/\d+/g) ?? []).map(Number);
  const chosen = [...new Set(numbers)].filter((t) => t >= 1 && t <= steps).sort((a, b) => a - b);
  return chosen.length === 0 ? [steps] : chosen;
}

/** Where the walk stands: so many steps forwards, or back to this step. */
export type Stop =
  | { readonly kind: "start" }
  | { readonly kind: "forward"; readonly t: number }
  | { readonly kind: "backward"; readonly t: number };

export function stopOf({ config }: Frame): Stop {
  const steps = Number(config.steps);
  const place = Math.min(Number(config.place), 2 * steps);
  if (place === 0) return { kind: "start" };
  return place <= steps
    ? { kind: "forward", t: place }
    : { kind: "backward", t: 2 * steps + 1 - place };
}

/** The length of a part of an array: of a gradient, as a vector. */
export function lengthOf(array: NDArray | undefined, from = 0, size = array?.data.length ?? 0) {
  return Math.hypot(...(array?.data.subarray(from, from + size) ?? []));
}

/** |∂L/∂h_t| for each step, from the first. */
export function gradientSizes({ values, config }: Frame): number[] {
  return Array.from({ length: Number(config.steps) }, (_, i) =>
    lengthOf(values["grad steps.*.h"], i * units, units),
  );
}

/** Whether the way back is cut between step t and step t + 1. */
export function isCutAfter(t: number, truncate: number): boolean {
  return truncate > 0 && t % truncate === 0;
}

/** The norm of the gradient that the next training step is given; 0 where nothing is clipped. */
export function batchNorm({ values }: Frame): number {
  return Math.hypot(...parameterNames.map((name) => lengthOf(values[`grad ${name}@batch`])));
}

/** What becomes of the gradient on its way from the last step to the first, in words. */
function fate(first: number, last: number): string {
  if (first === 0) return "nothing of it arrives";
  const ratio = first / last;
  if (ratio < 1e-2) return "it vanishes";
  if (ratio > 1e2) return "it explodes";
  return "it neither vanishes nor explodes";
}

function describeGradient(frame: Frame): string {
  const { config, values } = frame;
  const sizes = gradientSizes(frame);
  const [first, last] = [sizes[0] ?? Number.NaN, sizes.at(-1) ?? Number.NaN];
  const steps = Number(config.steps);
  const lost = `The gradient is ${numberText(last)} long at h${subscript(steps)} and ${numberText(first)} at h₁`;
  const said =
    last > 0
      ? `${lost}: on the way back ${fate(first, last)}`
      : `${lost}: no loss after the last state`;
  const clip = Number(config.clipNorm);
  const norm = batchNorm(frame);
  const clipped =
    clip > 0
      ? ` The whole gradient of the next training step has the norm ${numberText(norm)}${norm > clip ? `, and is shortened to ${numberText(clip)}` : ", which is left as it is"}.`
      : "";
  return `${said}. The loss is ${numberText(entry(values.L))} on this sequence, ${numberText(frame.loss)} on all ${examples}.${clipped}`;
}

export function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
