import { ndarray } from "../../src/data/ndarray.ts";
import { range } from "../../src/data/points.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { counted, numbers } from "./words.ts";

/** The stretch of numbers on which the lab looks. */
export const stretchOfX = [0, 1] as const;
const examples = 61;
const inputs = range(0, 1, examples);

/** Curves to be followed, between −1 and 1. */
const targets = {
  wave: (x: number) => 0.9 * Math.sin(2 * Math.PI * x),
  hill: (x: number) => 1.1 * Math.exp(-(((x - 0.45) / 0.14) ** 2)) - 0.3,
  stairs: (x: number) => Math.floor(4 * Math.min(x, 0.999)) / 2 - 0.75,
  ripples: (x: number) => 0.85 * Math.cos(9 * Math.PI * x) * (1 - 0.6 * x),
  plateau: (x: number) => (x > 0.3 && x < 0.6 ? 0.9 : 0),
} satisfies Record<string, (x: number) => number>;

type TargetName = keyof typeof targets;

export const targetOptions = [
  { value: "wave", label: "Wave" },
  { value: "hill", label: "Hill" },
  { value: "stairs", label: "Stairs" },
  { value: "ripples", label: "Ripples" },
  { value: "plateau", label: "Plateau" },
  { value: "own", label: "Drawn by you" },
] as const;

const isTarget = (name: string): name is TargetName => Object.hasOwn(targets, name);

/** The heights of a target at the lab's inputs; a drawn one begins level. */
export function targetHeights(name: string): number[] {
  const f = isTarget(name) ? targets[name] : () => 0;
  return Array.from(inputs.data, (x) => f(x));
}

export const bumps = defineLab({
  id: "mlp-bumps",
  version: 1,
  title: "A curve, built of bumps",
  invitation:
    "Pull the bumps up and down until the thick line follows the dots; then let training try.",
  fields: {
    target: {
      kind: "choice",
      label: "Curve",
      initial: "wave",
      options: targetOptions,
      place: "figure",
    },
    bumps: { kind: "number", label: "Bumps", initial: 5, min: 1, max: 16, integer: true },
    steepness: {
      kind: "number",
      label: "Slope w to begin with",
      initial: 40,
      min: 5,
      max: 200,
      scale: "log",
      restarts: true,
      place: "more",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.05, batchSize: 0 }),
  },
  trains: true,
  data: ({ target }) => ({ x: inputs, y: ndarray(targetHeights(target)) }),
  probes: () => ({ curve: { x: range(0, 1, 241) } }),
  watch: () => [
    "layers.0.W",
    "layers.0.b",
    "layers.1.W",
    "layers.1.b",
    "y_hat",
    "y_hat@curve",
    "bumps@curve",
  ],
  describe: describeBumps,
  presets: [
    { label: "One bump", edit: built("plateau", [0.3, 0.6], 20, () => 0.9) },
    { label: "Five, all flat", edit: built("wave", evenEdges(5), 40, () => 0) },
    { label: "A staircase of ten", edit: built("wave", evenEdges(10), 120, targets.wave) },
    { label: "Ten, softer", edit: built("wave", evenEdges(10), 30, targets.wave) },
    { label: "Sixteen on ripples", edit: built("ripples", evenEdges(16), 60, targets.ripples) },
  ],
});

/** The ends of `count` equal stretches from 0 to 1. */
function evenEdges(count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => i / count);
}

/** Bumps from edge to edge, each as high as `height` in its middle. */
function built(
  target: TargetName,
  edges: readonly number[],
  w: number,
  height: (x: number) => number,
): Edit {
  const pairs = edges.slice(1).map((right, j) => [edges[j] ?? 0, right] as const);
  return {
    config: { target, bumps: pairs.length },
    write: {
      "layers.0.W": pairs.flatMap(() => [[w], [w]]),
      "layers.0.b": pairs.flatMap((pair) => pair.map((edge) => -w * edge)),
      "layers.1.W": [
        pairs.flatMap(([left, right]) => {
          const v = height((left + right) / 2);
          return [v, -v];
        }),
      ],
      "layers.1.b": [0],
    },
  };
}

function describeBumps(frame: Frame): string {
  const y = numbers(frame.data.y);
  const x = numbers(frame.data.x);
  const errors = numbers(frame.values.y_hat).map((y_hat, i) => Math.abs(y_hat - (y[i] ?? 0)));
  const worst = errors.indexOf(Math.max(...errors));
  const count = Number(frame.config.bumps);
  return `${counted(count, "bump")} from ${2 * count} hidden units: the mean squared error is ${numberText(frame.loss)}; the line is farthest from the curve at x = ${numberText(x[worst])}, by ${numberText(errors[worst])}.`;
}
