import { entry, type NDArray } from "../../src/data/ndarray.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  blurredWaves,
  byDistance,
  nearShare,
  omega,
  oneCurve,
  wordNumbers,
  wordsIn,
} from "./positionsData.ts";

export const viewOptions = [
  { value: "waves", label: "The tables" },
  { value: "products", label: "Products" },
  { value: "shift", label: "A shift" },
  { value: "words", label: "Added to words" },
  { value: "guess", label: "What it learns" },
] as const;

export const tableOptions = [
  { value: "waves", label: "waves" },
  { value: "learned", label: "learned" },
] as const;

const watched: Readonly<Record<(typeof viewOptions)[number]["value"], readonly string[]>> = {
  waves: ["P", "W_P"],
  products: ["PP", "learned.PP"],
  shift: ["P", "PR"],
  words: ["e@words", "P@words", "W_P", "x@words", "learned.x@words"],
  guess: ["waves.A", "waves.y_hat", "learned.y_hat"],
};

export const positionsLab = defineLab({
  id: "tf-positions",
  version: 1,
  title: "Positions",
  invitation:
    "Drag over the waves. Then look at the products, and press Train: the learned table finds out which places are neighbours.",
  fields: {
    view: {
      kind: "choice",
      label: "Look at",
      initial: "waves",
      options: viewOptions,
      place: "figure",
    },
    place: {
      kind: "number",
      label: "Place t",
      initial: 9,
      min: 0,
      max: 63,
      integer: true,
      place: "figure",
    },
    dimension: {
      kind: "number",
      label: "Number",
      initial: 8,
      min: 0,
      max: 127,
      integer: true,
      place: "figure",
    },
    shift: {
      kind: "number",
      label: "Shift k",
      initial: 4,
      min: 0,
      max: 63,
      integer: true,
      place: "figure",
    },
    sentence: {
      kind: "text",
      label: "Sentence",
      initial: "the dog saw the cat and the cat ran",
      longest: 100,
      place: "figure",
    },
    table: {
      kind: "choice",
      label: "Add",
      initial: "waves",
      options: tableOptions,
      place: "figure",
    },
    places: {
      kind: "number",
      label: "Places",
      initial: 32,
      min: 12,
      max: 64,
      integer: true,
      restarts: true,
    },
    width: {
      kind: "choice",
      label: "Numbers a place",
      initial: "32",
      options: ["8", "16", "32", "64"].map((value) => ({ value, label: value })),
      restarts: true,
    },
    heard: {
      kind: "number",
      label: "Places that occur in training",
      initial: 32,
      min: 4,
      max: 64,
      integer: true,
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.03, batchSize: 64 }),
  },
  trains: true,
  data: ({ places }, random) => blurredWaves(places, random),
  input: ({ places }) => oneCurve(places),
  probes: ({ sentence }) => ({ words: { tokens: wordNumbers(wordsIn(sentence)) } }),
  watch: ({ view }) => [...watched[view], "learned.A"],
  records: ["learned.L"],
  describe: describePositions,
  presets: [
    { label: "All places occur", edit: { config: { places: 32, heard: 32 } } },
    {
      label: "Half of the places never occur",
      edit: { config: { view: "guess", places: 32, heard: 16, place: 24 } },
    },
    { label: "Ten places on", edit: { config: { view: "shift", place: 0, shift: 10 } } },
    {
      label: "A word twice",
      edit: { config: { view: "words", sentence: "the dog saw the cat and the cat ran" } },
    },
    { label: "Half as many numbers", edit: { config: { view: "products", width: "16" } } },
  ],
});

/** The numbers of a lab's settings, those that point somewhere within what there is. */
export function settingsOf({ config }: Pick<Frame, "config">) {
  const T = Number(config.places);
  const d = Number(config.width);
  return {
    T,
    d,
    heard: Math.min(T, Number(config.heard)),
    t: Math.min(T - 1, Number(config.place)),
    dimension: Math.min(d - 1, Number(config.dimension)),
    k: Number(config.shift),
  };
}

/** Row t of a table, `[T, …]`. */
export function rowOf(table: NDArray | undefined, t: number): number[] {
  const width = table?.shape[1] ?? 0;
  return Array.from({ length: width }, (_, i) => entry(table, t * width + i));
}

/** The mean square of the guesses' distance from the readings, for places from one to below another. */
export function errorBetween(frame: Frame, model: "waves" | "learned", from: number, to: number) {
  const guesses = frame.values[`${model}.y_hat`];
  const { x } = frame.input;
  let sum = 0;
  for (let t = from; t < to; t++) sum += (entry(guesses, t) - entry(x, t)) ** 2;
  return sum / Math.max(1, to - from);
}

function describePositions(frame: Frame): string {
  const { T, heard } = settingsOf(frame);
  const A = frame.values["learned.A"];
  const share = A ? numberText(100 * nearShare(A, heard), 2) : "no";
  const when =
    frame.step === 0
      ? "Untrained, the learned table is random"
      : `After ${frame.step} ${frame.step === 1 ? "step" : "steps"}`;
  const most = heard < T ? ` (of the ${heard} that occur in training)` : "";
  return `${lookedAt(frame)} ${when}: a place${most} gives ${share} % of its attention to the two nearest on each side.`;
}

/** What the view shows, in numbers. */
function lookedAt(frame: Frame): string {
  const { d, t, dimension, k } = settingsOf(frame);
  const { values } = frame;
  switch (frame.config.view) {
    case "products": {
      const [waves, learned] = [values.PP, values["learned.PP"]].map(
        (products) => products && byDistance(products)[1],
      );
      return `Two places side by side: the waves’ product is ${numberText(waves?.mean, 2)} of that of a place with itself, the learned one’s ${numberText(learned?.mean, 2)}, from ${numberText(learned?.least, 2)} to ${numberText(learned?.most, 2)}.`;
    }
    case "shift":
      return `From place ${t} to ${t + k}: the first pair turns by ${numberText(k * omega(0, d))} radians, the last by ${numberText(k * omega(d / 2 - 1, d), 2)}. From any other place they turn as far.`;
    case "words":
      return `${wordsIn(String(frame.config.sentence)).length} words, each with its row and its place’s.`;
    case "guess": {
      const [x, waves, learned] = [
        frame.input.x,
        values["waves.y_hat"],
        values["learned.y_hat"],
      ].map((array) => numberText(entry(array, t), 2));
      return `At place ${t} the reading is ${x}; from the others the waves guess ${waves}, the learned table ${learned}.`;
    }
    default: {
      const length = (2 * Math.PI) / omega(Math.floor(dimension / 2), d);
      return `Number ${dimension} is a wave of ${numberText(length)} places, at place ${t} it is ${numberText(rowOf(values.P, t)[dimension], 2)}.`;
    }
  }
}
