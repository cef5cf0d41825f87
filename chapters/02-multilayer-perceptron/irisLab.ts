import { type Arrays, entry, ndarray } from "../../src/data/ndarray.ts";
import { standardised } from "../../src/data/split.ts";
import {
  type Config,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { emptyRows, irisParts, meaningOf, rightAnswers, scalesOf } from "./irisData.ts";
import { hiddenActivations, initialiserOptions, mostUnits } from "./network.ts";

/** The settings that make the lab about irises, and not about a table of the reader's own. */
export const irisConfig = {
  source: "iris",
  inputs: 4,
  classes: 3,
  first: 2,
  second: 3,
  described: "",
} as const;

const units = { kind: "number", min: 1, max: mostUnits, integer: true, place: "figure" } as const;
const index = { kind: "number", min: 0, max: 15, integer: true, place: "figure" } as const;

/** The pictures that the lab can show, in the order of the work. */
export const views = [
  { value: "look", label: "Look" },
  { value: "regions", label: "Regions" },
  { value: "judge", label: "Judge" },
  { value: "ask", label: "Ask" },
  { value: "own", label: "Your own table" },
] as const;

/** The row that the reader has described, in its own units; null where there is none of this many numbers. */
export function describedRow({ described }: Config, columns: number): readonly number[] | null {
  const row = String(described).split(" ").map(Number);
  const fits = described !== "" && row.length === columns && row.every(Number.isFinite);
  return fits ? row : null;
}

/** Cells across the plane of two columns. */
export const regionCells = 56;

export const iris = defineLab({
  id: "mlp-iris",
  version: 1,
  title: "Irises, end to end",
  invitation:
    "Look for two measurements that part the species; then train, and judge the network on flowers that it has never seen.",
  fields: {
    view: { kind: "choice", label: "Show", initial: "look", options: views, place: "figure" },
    source: {
      kind: "choice",
      label: "Data",
      initial: "iris",
      options: [
        { value: "iris", label: "Irises" },
        { value: "own", label: "Your own table" },
      ],
      restarts: true,
      place: "figure",
    },
    inputs: {
      kind: "number",
      label: "Inputs",
      initial: 4,
      min: 1,
      max: 16,
      integer: true,
      place: "figure",
    },
    classes: {
      kind: "number",
      label: "Classes",
      initial: 3,
      min: 2,
      max: 8,
      integer: true,
      place: "figure",
    },
    meaning: {
      kind: "text",
      label: "Columns and classes",
      initial: "",
      longest: 8000,
      place: "figure",
    },
    described: {
      kind: "text",
      label: "The row that is asked about",
      initial: "",
      longest: 400,
      place: "figure",
    },
    split: {
      kind: "number",
      label: "Split",
      // No lucky one: with it the network ends where the median of many splits does.
      initial: 5,
      min: 1,
      max: 9999,
      integer: true,
      restarts: true,
      place: "figure",
    },
    standardise: {
      kind: "switch",
      label: "Standardise",
      initial: true,
      restarts: true,
      place: "figure",
    },
    first: { ...index, label: "Across", initial: 2 },
    second: { ...index, label: "Up", initial: 3 },
    depth: {
      kind: "number",
      label: "Hidden layers",
      initial: 1,
      min: 0,
      max: 3,
      integer: true,
      place: "figure",
    },
    units1: { ...units, label: "Units of hidden layer 1", initial: 8 },
    units2: { ...units, label: "Units of hidden layer 2", initial: 4 },
    units3: { ...units, label: "Units of hidden layer 3", initial: 4 },
    activation: {
      kind: "choice",
      label: "Activation",
      initial: "tanh",
      options: hiddenActivations,
      place: "more",
    },
    initialiser: {
      kind: "choice",
      label: "Initial weights",
      initial: "xavier",
      options: initialiserOptions,
      restarts: true,
      place: "more",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.05, batchSize: 0 }),
  },
  trains: true,
  data: (config) =>
    config.source === "iris"
      ? irisParts(config).training
      : emptyRows(config.inputs, config.classes),
  // What the network is asked about is what it has not learnt from.
  input: (config) =>
    config.source === "iris" ? irisParts(config).heldOut : emptyRows(config.inputs, config.classes),
  probes: (config): Readonly<Record<string, Arrays>> =>
    config.view === "regions" ? { plane: { x: regionGrid(config) } } : {},
  watch: ({ view }) => (view === "regions" ? ["y_hat", "y_hat@plane"] : ["y_hat"]),
  describe: describeIris,
  presets: [
    { label: "Petals", edit: regions(2, 3) },
    { label: "Sepals", edit: regions(0, 1) },
    { label: "No hidden layer", edit: { config: { depth: 0 } } },
    { label: "Two hidden layers", edit: { config: { depth: 2, units1: 8, units2: 4 } } },
  ],
});

/** The irises over two of their columns. */
function regions(first: number, second: number): Edit {
  return { config: { ...irisConfig, view: "regions", first, second } };
}

/** The columns that the plane shows: those chosen, as far as they exist. */
export function axesOf(config: Config): readonly [number, number] {
  const last = Number(config.inputs) - 1;
  return [Math.min(Number(config.first), last), Math.min(Number(config.second), last)];
}

/** The stretch of a column that pictures show: its values and a little more. */
export function stretch(low: number, high: number): readonly [number, number] {
  const more = high > low ? 0.06 * (high - low) : 0.5;
  return [low - more, high + more];
}

/** Rows all over the plane of the two chosen columns, every other column at its mean. */
function regionGrid(config: Config) {
  const { columns } = meaningOf(config);
  const [first, second] = axesOf(config);
  const scales = scalesOf(columns, config.standardise === true);
  const means = columns.map(({ mean }) => mean);
  const along = (index: number, cell: number): number => {
    const column = columns[index];
    const [low, high] = stretch(column?.low ?? 0, column?.high ?? 1);
    return low + ((cell + 0.5) / regionCells) * (high - low);
  };
  const cells = Array.from({ length: regionCells }, (_, cell) => cell);
  return ndarray(
    cells.flatMap((row) =>
      cells.map((cell) =>
        standardised(
          means.map((mean, index) =>
            index === first ? along(first, cell) : index === second ? along(second, row) : mean,
          ),
          scales,
        ),
      ),
    ),
  );
}

const percent = (share: number): string => `${numberText(100 * share)} %`;

function describeIris(frame: Frame): string {
  const { many } = meaningOf(frame.config);
  const learnt = frame.data.y?.shape[0] ?? 0;
  const heldOut = frame.input.y?.shape[0] ?? 0;
  const right = rightAnswers(frame.values.y_hat, frame.input.y);
  const trained = frame.step === 0 ? "Before any training" : `After ${frame.step} steps`;
  return `${trained} the network names ${right} of ${heldOut} held-out ${many} rightly, ${percent(right / heldOut)}; of the ${learnt} that it learns from, ${percent(frame.metrics.accuracy ?? entry(undefined))}.`;
}
