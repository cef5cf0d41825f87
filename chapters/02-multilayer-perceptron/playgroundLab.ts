import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { gridPoints } from "../../src/data/points.ts";
import { classesOf, type ShapeName, shape2d, shapeNames } from "../../src/data/shapes2d.ts";
import { steadyHeldOut } from "../../src/data/split.ts";
import { takeRows } from "../../src/training/batches.ts";
import {
  type Config,
  defineLab,
  type Edit,
  type Field,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { scheduleFields } from "../../src/training/schedule.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  featuresOn,
  hiddenActivations,
  hiddenSizes,
  initialiserOptions,
  layerSizes,
  mostLayers,
  mostUnits,
  parameterCount,
} from "./network.ts";
import { counted, numbers } from "./words.ts";

/** The square of the plane that is shown, and the cells across it: for the answer, and for each unit. */
export const plane = { from: -6, to: 6, cells: 60, unitCells: 28 } as const;

/** The middles of `cells` × `cells` cells over the plane: [cells², 2], x₁ running fastest. */
export function planeGrid(cells: number): NDArray {
  const half = (plane.to - plane.from) / cells / 2;
  return gridPoints(plane.from + half, plane.to - half, cells);
}

const grid = planeGrid(plane.cells);
const unitGrid = planeGrid(plane.unitCells);

/** The sets to choose from, those of the reader's own last. */
export const dataOptions = [
  { value: "circle", label: "Circle" },
  { value: "xor", label: "XOR" },
  { value: "gauss", label: "Two clouds" },
  { value: "moons", label: "Moons" },
  { value: "spiral", label: "Spiral" },
  { value: "rings", label: "Three rings" },
  { value: "pinwheel", label: "Pinwheel" },
  { value: "clouds", label: "Four clouds" },
  { value: "slope", label: "A slope (regression)" },
  { value: "hills", label: "Hills (regression)" },
  { value: "own", label: "Your own" },
] as const;

const units = { kind: "number", min: 1, max: mostUnits, integer: true, place: "figure" } as const;
const activation = {
  kind: "choice",
  initial: "tanh",
  options: hiddenActivations,
  place: "figure",
} as const;
const feature = { kind: "switch", place: "figure" } as const;

const fields = {
  dataset: {
    kind: "choice",
    label: "Data",
    initial: "moons",
    options: dataOptions,
    restarts: true,
    place: "figure",
  },
  task: {
    kind: "choice",
    label: "Task",
    initial: "classification",
    options: [
      { value: "classification", label: "Which class?" },
      { value: "regression", label: "How much?" },
    ],
    place: "figure",
  },
  classes: {
    kind: "number",
    label: "Classes",
    initial: 2,
    min: 2,
    max: 4,
    integer: true,
    place: "figure",
  },
  draw: {
    kind: "number",
    label: "Draw of the data",
    initial: 1,
    min: 1,
    max: 9999,
    integer: true,
    place: "figure",
  },
  points: { kind: "number", label: "Points", initial: 200, min: 8, max: 1000, integer: true },
  noise: { kind: "number", label: "Noise", initial: 0.3, min: 0, max: 3 },
  testShare: {
    kind: "number",
    label: "Kept for the test, %",
    initial: 30,
    min: 0,
    max: 80,
    integer: true,
  },
  depth: {
    kind: "number",
    label: "Hidden layers",
    initial: 2,
    min: 0,
    max: mostLayers,
    integer: true,
    place: "figure",
  },
  units1: { ...units, label: "Units of hidden layer 1", initial: 4 },
  units2: { ...units, label: "Units of hidden layer 2", initial: 3 },
  units3: { ...units, label: "Units of hidden layer 3", initial: 4 },
  units4: { ...units, label: "Units of hidden layer 4", initial: 4 },
  units5: { ...units, label: "Units of hidden layer 5", initial: 4 },
  units6: { ...units, label: "Units of hidden layer 6", initial: 4 },
  activation1: { ...activation, label: "Activation of hidden layer 1" },
  activation2: { ...activation, label: "Activation of hidden layer 2" },
  activation3: { ...activation, label: "Activation of hidden layer 3" },
  activation4: { ...activation, label: "Activation of hidden layer 4" },
  activation5: { ...activation, label: "Activation of hidden layer 5" },
  activation6: { ...activation, label: "Activation of hidden layer 6" },
  x1: { ...feature, label: "x₁", initial: true },
  x2: { ...feature, label: "x₂", initial: true },
  x1Squared: { ...feature, label: "x₁²", initial: false },
  x2Squared: { ...feature, label: "x₂²", initial: false },
  x1x2: { ...feature, label: "x₁x₂", initial: false },
  sinX1: { ...feature, label: "sin x₁", initial: false },
  sinX2: { ...feature, label: "sin x₂", initial: false },
  ...trainingFields({ optimiser: "adam", learningRate: 0.03, batchSize: 16 }),
  ...scheduleFields(1000),
  initialiser: {
    kind: "choice",
    label: "Weights start",
    initial: "xavier",
    options: initialiserOptions,
    restarts: true,
    place: "more",
  },
  dropout: { kind: "number", label: "Dropout", initial: 0, min: 0, max: 0.9, place: "more" },
  l1: { kind: "number", label: "L1 penalty", initial: 0, min: 0, max: 1, place: "more" },
  l2: { kind: "number", label: "L2 penalty", initial: 0, min: 0, max: 1, place: "more" },
  stopLoss: {
    kind: "number",
    label: "Stop below a loss of (0: never)",
    initial: 0,
    min: 0,
    max: 10,
    place: "more",
  },
  stopEpochs: {
    kind: "number",
    label: "Stop after epochs (0: never)",
    initial: 0,
    min: 0,
    max: 100000,
    integer: true,
    place: "more",
  },
} as const satisfies Readonly<Record<string, Field>>;

function isShape(name: unknown): name is ShapeName {
  return shapeNames.some((known) => known === name);
}

/** The settings that belong together when a set of data is chosen. */
export function settingsOf(dataset: string): Partial<Config> {
  if (!isShape(dataset)) return { dataset };
  const classes = classesOf(dataset);
  return classes === null
    ? { dataset, task: "regression", classes: 2 }
    : { dataset, task: "classification", classes };
}

/** Three points to begin with: a class needs an example before it can be learnt. */
function ownPoints({ task, classes }: Config): Arrays {
  const places = [
    [-3, -2],
    [3, 2],
    [-3, 3],
    [3, -3],
  ].slice(0, Number(classes));
  const isRegression = task === "regression";
  return { x: ndarray(places), y: ndarray(places.map((_, i) => (isRegression ? 2 * i - 1 : i))) };
}

let latest: { readonly key: string; readonly points: Arrays } | null = null;

/**
 * The points that a configuration describes.
 *
 * @throws RangeError where data and task do not fit
 */
export function pointsOf(config: Config): Arrays {
  const { dataset, points, noise, draw, task, classes } = config;
  if (!isShape(dataset)) return ownPoints(config);
  checkTask(dataset, config);
  const key = JSON.stringify([dataset, points, noise, draw, task, classes]);
  if (latest?.key === key) return latest.points;
  const random = randomStream(Number(draw), `points of ${dataset}`);
  const options = { count: Number(points), noise: Number(noise) };
  latest = { key, points: shape2d(dataset, options, () => random.uniform()) };
  return latest.points;
}

/** The rows kept for the test, of the reader's own points too: the same share of every class. */
function keptForTest({ testShare, draw, task }: Config, data: Arrays): number[] {
  const labels = numbers(data.y).map((label) => (task === "regression" ? 0 : label));
  return steadyHeldOut(labels, Number(testShare) / 100, (label) => {
    const random = randomStream(Number(draw), `kept of ${label}`);
    return () => random.uniform();
  });
}

/** The points that train, and those kept for the test: null where there are none. */
export function setsOf({ data, heldOut }: Pick<Frame, "data" | "heldOut">) {
  if (heldOut.length === 0) return { train: data, test: null };
  const out = new Set(heldOut);
  const rows = numbers(data.y).flatMap((_, row) => (out.has(row) ? [] : [row]));
  return { train: takeRows(data, rows), test: takeRows(data, heldOut) };
}

function checkTask(dataset: ShapeName, { task, classes }: Config): void {
  const needed = settingsOf(dataset);
  if (needed.task === task && (task === "regression" || needed.classes === classes)) return;
  const settings = JSON.stringify(needed);
  throw new RangeError(
    `The data "${dataset}" need the settings ${settings}, got task "${task}" with ${classes} classes. Set them together.`,
  );
}

/** The prefix of a layer's parameters and taps. */
export const layerName = (index: number): string => `layers.${index}`;

/** What is watched of every layer: each unit's surface, weights and biases. */
function layerWatches(config: Config): string[] {
  const hidden = hiddenSizes(config).map((_, i) => `${layerName(i)}.a@units`);
  const layers = layerSizes(config).slice(1);
  return [...hidden, ...layers.flatMap((_, i) => [`${layerName(i)}.W`, `${layerName(i)}.b`])];
}

const hand: Edit["config"] = {
  ...settingsOf("xor"),
  noise: 0,
  points: 100,
  depth: 1,
  units1: 2,
  activation1: "step",
  x1: true,
  x2: true,
  x1Squared: false,
  x2Squared: false,
  x1x2: false,
  sinX1: false,
  sinX2: false,
};

const plain = {
  draw: 1,
  points: 200,
  noise: 0.3,
  testShare: 30,
  x1: true,
  x2: true,
  x1Squared: false,
  x2Squared: false,
  x1x2: false,
  sinX1: false,
  sinX2: false,
  activation1: "tanh",
  activation2: "tanh",
  initialiser: "xavier",
  optimiser: "adam",
  learningRate: 0.03,
  schedule: "constant",
  batchSize: 16,
  dropout: 0,
  l1: 0,
  l2: 0,
} as const;

export const playground = defineLab({
  id: "mlp-playground",
  version: 1,
  title: "The network playground",
  invitation:
    "Press Train and watch each unit find its part; then click any line and change its weight yourself.",
  fields,
  trains: true,
  data: pointsOf,
  heldOut: keptForTest,
  probes: () => ({ grid: { x: grid }, units: { x: unitGrid } }),
  watch: (config) => [
    "y_hat@grid",
    "y_hat@units",
    "phi@units",
    "y_hat@test",
    "L_data@test",
    ...layerWatches(config),
  ],
  describe: describePlayground,
  records: ["L_data@test"],
  openingSteps: 12,
  presets: [
    {
      label: "Moons",
      edit: { config: { ...plain, ...settingsOf("moons"), depth: 2, units1: 4, units2: 3 } },
    },
    {
      label: "One line is not enough",
      edit: { config: { ...plain, ...settingsOf("circle"), depth: 0 } },
    },
    {
      label: "Three lines make a triangle",
      edit: { config: { ...plain, ...settingsOf("circle"), depth: 1, units1: 3 } },
    },
    {
      label: "XOR, by hand",
      edit: {
        config: { ...plain, ...hand },
        write: {
          "layers.0.W": [
            [1, 0],
            [0, 1],
          ],
          "layers.0.b": [0, 0],
          "layers.1.W": [[1, 1]],
          "layers.1.b": [-0.5],
        },
      },
    },
    {
      label: "Spiral",
      edit: {
        config: { ...plain, ...settingsOf("spiral"), noise: 0.1, depth: 2, units1: 8, units2: 8 },
      },
    },
    {
      label: "Three classes",
      edit: { config: { ...plain, ...settingsOf("pinwheel"), depth: 1, units1: 6 } },
    },
    {
      label: "Hills, by how much",
      edit: {
        config: { ...plain, ...settingsOf("hills"), noise: 0, depth: 2, units1: 6, units2: 4 },
      },
    },
  ],
});

/** How many of the test points are answered rightly, and how many there are. */
export function testScore(frame: Frame): { right: number; of: number } | null {
  const { test } = setsOf(frame);
  const answers = frame.values["y_hat@test"];
  if (!test || !answers || frame.config.task !== "classification") return null;
  const y = numbers(test.y);
  const k = answers.shape[1] ?? 1;
  const said = numbers(answers);
  const chosen = y.map((_, i) => chosenClass(said.slice(i * k, (i + 1) * k)));
  return { right: y.filter((label, i) => label === chosen[i]).length, of: y.length };
}

/** The class that an answer names: one number is the belief in class 1, several are one a class. */
export function chosenClass(answer: readonly number[]): number {
  if (answer.length === 1) return (answer[0] ?? 0) > 0.5 ? 1 : 0;
  return answer.indexOf(Math.max(...answer));
}

/** How often training has gone through the data. */
export function epochsOf({ config, step, data, heldOut }: Frame): number {
  const m = (data.y?.shape[0] ?? 1) - heldOut.length;
  const size = Number(config.batchSize);
  return step * (size === 0 ? 1 : Math.min(1, size / m));
}

/**
 * The step at which the reader's conditions stop training: the first at which so many epochs are over, or
 * the first of the curve whose loss is below the limit; null while neither is.
 */
export function stopStep(frame: Frame): number | null {
  const { config, step, loss, curve } = frame;
  const [epochs, limit] = [Number(config.stopEpochs), Number(config.stopLoss)];
  const one = epochsOf({ ...frame, step: 1 });
  const last = epochs > 0 ? Math.ceil(epochs / one - 1e-9) : Number.POSITIVE_INFINITY;
  const below = curve.losses.findIndex((value) => value < limit);
  const low = below >= 0 ? (curve.steps[below] as number) : loss < limit ? step : last;
  const stop = Math.min(last, low);
  return stop <= step ? stop : null;
}

function describePlayground(frame: Frame): string {
  const sizes = layerSizes(frame.config);
  const net = `A ${sizes.join("-")} network with ${counted(parameterCount(sizes), "parameter")}`;
  if (featuresOn(frame.config).length === 0) return `${net}.`;
  const epochs = Math.floor(epochsOf(frame));
  const loss = `after ${counted(frame.step, "step")} (${counted(epochs, "epoch")}) its loss is ${numberText(frame.loss)}`;
  const test = frame.values["L_data@test"]?.data[0];
  const onTest = test === undefined ? "" : `, on the test points ${numberText(test)}`;
  const score = testScore(frame);
  const right = score ? `, and ${score.right} of ${score.of} test points are right` : "";
  return `${net}: ${loss}${onTest}${right}.`;
}
