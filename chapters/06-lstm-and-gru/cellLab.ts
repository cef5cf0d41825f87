import { ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  type LatchStep,
  latchAnswers,
  latchData,
  latchExample,
  latchSequence,
  latchSteps,
} from "./latch.ts";

/** The sequence that the lab opens with: what is stored is asked for at once, and long after. */
const opening = latchSequence("- +W - +R - + - -R -W + +R + - -R");

/** How many steps each sequence has: that on show, and those of training. */
export const shownSteps = opening.length;
const trainingExamples = 64;

export const cellKinds = ["lstm", "gru"] as const;
export type CellKind = (typeof cellKinds)[number];

/** A quantity of a cell that has a strip: the name of its tap, how it is written, and whether it is a gate. */
export interface Quantity {
  readonly name: string;
  readonly label: string;
  readonly isGate: boolean;
  readonly meaning: string;
}

const gate = (name: string, label: string, meaning: string): Quantity => ({
  name,
  label,
  meaning,
  isGate: true,
});
const state = (name: string, label: string, meaning: string): Quantity => ({
  name,
  label,
  meaning,
  isGate: false,
});

/** The quantities of either cell, in the order in which a step computes them. */
export const quantities: Readonly<Record<CellKind, readonly Quantity[]>> = {
  lstm: [
    gate("f", "f", "forget gate"),
    gate("i", "i", "input gate"),
    gate("o", "o", "output gate"),
    state("c_tilde", "c̃", "candidate"),
    state("c", "c", "cell state"),
    state("h", "h", "hidden state"),
  ],
  gru: [
    gate("z", "z", "update gate"),
    gate("r", "r", "reset gate"),
    state("h_tilde", "h̃", "candidate"),
    state("h", "h", "hidden state"),
  ],
};

/** The tap of a quantity at a step, from 1. */
export function tapAt(kind: CellKind, step: number, name: string): string {
  return `${kind}.steps.${step}.${name}`;
}

export function kindOf({ config }: Frame): CellKind {
  return config.cell === "gru" ? "gru" : "lstm";
}

/** The sequence on show. */
export function sequenceOf({ input }: Frame): LatchStep[] {
  return latchSteps(input.x?.data ?? []);
}

/** What the cell on show answers at each step, and what it should. */
export function answersOf(frame: Frame): { said: number[]; wanted: number[] } {
  const said = frame.values[`${kindOf(frame)}.steps.*.y_hat`]?.data ?? [];
  return { said: Array.from(said), wanted: latchAnswers(sequenceOf(frame)) };
}

/** Whether an answer counts as right: nearer to what is wanted than halfway to the next. */
export function isRight(said: number | undefined, wanted: number | undefined): boolean {
  return Math.abs((said ?? Number.NaN) - (wanted ?? Number.NaN)) < 0.5;
}

const example = latchExample(opening);

/** Whether the sequence on show is the one that the lab opens with. */
export function isOpening({ input }: Frame): boolean {
  const [x, own] = [input.x?.data, example.x.flat()];
  return x?.length === own.length && own.every((value, i) => value === x[i]);
}

function shown(more: Omit<Edit, "input"> = {}): Edit {
  return {
    ...more,
    config: { cell: "lstm", ...more.config },
    release: true,
    input: { x: example.x, y: example.y },
  };
}

/** A gate of the LSTM held at a value, from a step to another. */
function held(name: string, value: number, from: number, to: number) {
  return Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, i) => [tapAt("lstm", from + i, name), [[value]]]),
  );
}

export const cellLab = defineLab({
  id: "lstm-cell",
  version: 1,
  title: "Inside the cell",
  invitation:
    "Drag along the strip of a gate to hold it shut, and see what the memory still knows.",
  fields: {
    cell: {
      kind: "choice",
      label: "Cell",
      initial: "lstm",
      options: [
        { value: "lstm", label: "LSTM" },
        { value: "gru", label: "GRU" },
      ],
      place: "figure",
    },
    units: {
      kind: "number",
      label: "Units",
      initial: 1,
      min: 1,
      max: 8,
      integer: true,
      restarts: true,
    },
    forgetBias: {
      kind: "number",
      label: "Forget bias at the start",
      initial: 1,
      min: -5,
      max: 5,
      restarts: true,
      place: "more",
    },
    step: {
      kind: "number",
      label: "Step on show",
      initial: 6,
      min: 1,
      max: shownSteps,
      integer: true,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.1, batchSize: 0 }),
  },
  trains: true,
  openingSteps: 60,
  data: (_config, random) => latchData(trainingExamples, shownSteps, random),
  input: () => ({ x: ndarray(example.x), y: ndarray(example.y) }),
  watch: ({ cell }) => [
    ...quantities[cell].map(({ name }) => `${cell}.steps.*.${name}`),
    `${cell}.steps.*.y_hat`,
    `${cell}.head.W`,
    `${cell}.head.b`,
  ],
  describe: describeCell,
  presets: [
    { label: "As it was trained", edit: shown() },
    { label: "Forget gate shut once", edit: shown({ write: held("f", 0, 6, 6) }) },
    { label: "Never forget (1997)", edit: shown({ write: held("f", 1, 1, shownSteps) }) },
    { label: "Input gate open", edit: shown({ write: held("i", 1, 5, 7) }) },
    { label: "Output gate shut", edit: shown({ write: held("o", 0, 1, 8) }) },
    { label: "GRU", edit: shown({ config: { cell: "gru" } }) },
  ],
});

function describeCell(frame: Frame): string {
  const { said, wanted } = answersOf(frame);
  const reads = sequenceOf(frame).flatMap(({ command }, i) => (command === "read" ? [i] : []));
  const right = reads.filter((i) => isRight(said[i], wanted[i])).length;
  const count = frame.held.length;
  const hand =
    count === 0
      ? "No gate is held"
      : `Held by hand: ${count === 1 ? "one value" : `${count} values`}`;
  const loss = frame.values.L_lstm ? `, loss ${numberText(frame.loss)}` : "";
  return `${hand}. Of ${reads.length} questions ${right} ${right === 1 ? "is" : "are"} answered rightly after ${frame.step} steps of training${loss}.`;
}
