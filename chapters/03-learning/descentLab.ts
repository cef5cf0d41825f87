import { entry } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { examplesOf, mapGrid, mapOf, weightPairs } from "./surfaceMaps.ts";

/** The four ways down, in the order of the program's heights J. */
export const runners = [
  { name: "sgd", label: "SGD", rate: "rateSgd" },
  { name: "momentum", label: "Momentum", rate: "rateMomentum" },
  { name: "rmsprop", label: "RMSProp", rate: "rateRmsprop" },
  { name: "adam", label: "Adam", rate: "rateAdam" },
] as const;

const { batchSize } = trainingFields({ optimiser: "sgd", learningRate: 0.1, batchSize: 0 });

function rate(label: string, initial: number) {
  return {
    kind: "number",
    label: `Learning rate of ${label}`,
    initial,
    min: 1e-5,
    max: 10,
    scale: "log",
    place: "figure",
  } as const;
}

function start(label: string, initial: number) {
  return {
    kind: "number",
    label: `Start, ${label}`,
    initial,
    min: -10,
    max: 10,
    restarts: true,
    place: "figure",
  } as const;
}

export const descentLab = defineLab({
  id: "learning-descent",
  version: 1,
  title: "Four ways down",
  invitation: "Drag the start, press Train, and watch four optimisers look for the lowest point.",
  fields: {
    surface: {
      kind: "choice",
      label: "Surface",
      initial: "valley",
      restarts: true,
      options: [
        { value: "bowl", label: "Bowl" },
        { value: "valley", label: "Long valley" },
        { value: "rosenbrock", label: "Rosenbrock’s bent valley" },
        { value: "himmelblau", label: "Himmelblau’s four holes" },
        { value: "saddle", label: "Saddle" },
        { value: "line", label: "True loss of a line" },
        { value: "network", label: "True loss of a network" },
      ],
    },
    weights: {
      kind: "choice",
      label: "Weights of the network",
      initial: "w_1 v_1",
      restarts: true,
      options: weightPairs,
      place: "figure",
    },
    startX: start("θ₁", -4),
    startY: start("θ₂", 2),
    rateSgd: rate("SGD", 0.037),
    rateMomentum: rate("momentum", 0.01),
    rateRmsprop: rate("RMSProp", 0.1),
    rateAdam: rate("Adam", 0.3),
    batchSize,
  },
  trains: true,
  data: ({ surface }) => examplesOf(surface),
  probes: ({ surface, weights }) => ({
    grid: { theta: mapGrid(mapOf(surface, weights)), ...examplesOf(surface) },
  }),
  watch: () => [
    "J",
    "J@grid",
    "grad theta.sgd",
    ...runners.flatMap(({ name }) => [`theta.${name}`, `trail.${name}`]),
  ],
  describe: describeDescent,
  openingSteps: 40,
  presets: [
    { label: "A long valley", edit: descent("valley", [-4, 2], [0.037, 0.01, 0.1, 0.3]) },
    { label: "A step too long", edit: descent("valley", [-4, 0.5], [0.041, 0.01, 0.1, 0.3]) },
    { label: "Rosenbrock", edit: descent("rosenbrock", [-1.2, 1], [0.001, 0.0005, 0.02, 0.1]) },
    { label: "Four holes", edit: descent("himmelblau", [0, 0], [0.01, 0.01, 0.1, 0.3]) },
    { label: "A saddle", edit: descent("saddle", [-2, 0.001], [0.05, 0.02, 0.05, 0.1]) },
    {
      label: "One example a step",
      edit: {
        config: {
          ...descent("line", [-2, 2], [0.05, 0.01, 0.05, 0.1]).config,
          batchSize: 1,
        },
      },
    },
    { label: "A network", edit: descent("network", [-3, 3], [0.1, 0.05, 0.05, 0.1]) },
  ],
});

function descent(
  surface: string,
  [startX, startY]: readonly [number, number],
  [rateSgd, rateMomentum, rateRmsprop, rateAdam]: readonly [number, number, number, number],
): Edit {
  return {
    config: {
      surface,
      weights: "w_1 v_1",
      startX,
      startY,
      rateSgd,
      rateMomentum,
      rateRmsprop,
      rateAdam,
      batchSize: 0,
    },
  };
}

function describeDescent(frame: Frame): string {
  const heights = runners.map(({ label }, i) => ({ label, J: entry(frame.values.J, i) }));
  if (frame.step === 0) {
    return `All four stand at the start, at the height ${numberText(heights[0]?.J)}.`;
  }
  const ordered = [...heights].sort((a, b) => a.J - b.J);
  const list = ordered.map(({ label, J }) => `${label} ${numberText(J)}`).join(", ");
  return `Heights after ${frame.step} steps, lowest first: ${list}.`;
}
