import { delayedRecall, recallOfEach, recallSymbols } from "../../src/data/delayedRecall.ts";
import { clipField, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";

/** Who runs, in the order of the model's parts. */
export const racers = [
  { name: "rnn", label: "RNN" },
  { name: "lstm", label: "LSTM", gate: "lstm.steps.*.f" },
  { name: "gru", label: "GRU", gate: "gru.steps.*.z" },
] as const;
export type RacerName = (typeof racers)[number]["name"];

/** The share of the held-out sequences that a net has to answer rightly to have arrived. */
export const goal = 0.99;
/** So many steps the book's own table gives each of them. */
export const raceSteps = 400;

const sequences = 1024;
const heldSequences = 128;

/** The record of a racer's accuracy on the sequences held out. */
export const accuracyOf = (racer: RacerName) => `${racer}.accuracy@held`;

const plain = {
  length: 20,
  gateStart: "number",
  forgetBias: 1,
  rnnStart: "pytorch",
} as const;

export const raceLab = defineLab({
  id: "lstm-race",
  version: 1,
  title: "The memory race",
  invitation:
    "Press Train. Each net is shown a letter, then nothing but noise, and is asked for the letter at the end.",
  fields: {
    length: {
      kind: "number",
      label: "Length T",
      initial: plain.length,
      min: 10,
      max: 80,
      integer: true,
      restarts: true,
    },
    gateStart: {
      kind: "choice",
      label: "The keeping gate starts",
      initial: plain.gateStart,
      options: [
        { value: "number", label: "with one bias" },
        { value: "chrono", label: "by chrono" },
        { value: "pytorch", label: "as in PyTorch" },
      ],
      restarts: true,
      place: "figure",
    },
    forgetBias: {
      kind: "number",
      label: "Its bias b",
      initial: plain.forgetBias,
      min: -2,
      max: 8,
      restarts: true,
      place: "figure",
    },
    rnnStart: {
      kind: "choice",
      label: "The RNN starts",
      initial: plain.rnnStart,
      options: [
        { value: "pytorch", label: "as in PyTorch" },
        { value: "orthogonal", label: "orthogonal" },
        { value: "identity", label: "as the identity" },
      ],
      restarts: true,
    },
    units: {
      kind: "number",
      label: "Units of each net",
      initial: 16,
      min: 2,
      max: 32,
      integer: true,
      place: "more",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
    clipNorm: { ...clipField(1).clipNorm, place: "more" },
  },
  trains: true,
  data: ({ length }, random) => delayedRecall({ count: sequences, T: length }, random),
  // What the curve tells is held out; the loss over the data only shows that training goes on.
  scored: () => 32,
  input: ({ length }) => recallOfEach(length, randomStream(1, "shown sequence").uniform),
  probes: ({ length }) => ({
    held: delayedRecall(
      { count: heldSequences, T: length },
      randomStream(1, "sequences held out").uniform,
    ),
  }),
  // The accuracies are on the curve already: to watch them, too, would run all three nets once more a frame.
  watch: () => [
    ...racers.map(({ name }) => `${name}.y_hat`),
    ...racers.flatMap((racer) => ("gate" in racer ? [racer.gate] : [])),
  ],
  records: racers.map(({ name }) => accuracyOf(name)),
  describe: describeRace,
  openingSteps: 6,
  presets: [
    { label: "Bias 1", edit: { config: plain } },
    { label: "Chrono", edit: { config: { ...plain, gateStart: "chrono" } } },
    { label: "Bias 1, T = 40", edit: { config: { ...plain, length: 40 } } },
    { label: "Chrono, T = 40", edit: { config: { ...plain, length: 40, gateStart: "chrono" } } },
    { label: "Chrono, T = 80", edit: { config: { ...plain, length: 80, gateStart: "chrono" } } },
  ],
});

/** The first step on the curve at which a racer had arrived; null if none. */
export function arrival({ curve }: Pick<Frame, "curve">, racer: RacerName): number | null {
  const shares = curve.others?.[accuracyOf(racer)] ?? [];
  const first = shares.findIndex((share) => share >= goal);
  return curve.steps[first] ?? null;
}

/** A racer's share of right answers at the last point of the curve. */
export function shareNow({ curve }: Pick<Frame, "curve">, racer: RacerName): number {
  return curve.others?.[accuracyOf(racer)]?.at(-1) ?? Number.NaN;
}

export const percent = (share: number): string => `${numberText(100 * share)} %`;

function describeRace(frame: Frame): string {
  const each = racers.map(({ name, label }) => {
    const step = arrival(frame, name);
    const since = step === null ? "" : ` (${percent(goal)} first at step ${step})`;
    return `${label} ${percent(shareNow(frame, name))}${since}`;
  });
  const chance = percent(1 / recallSymbols.length);
  return `Right answers after ${frame.step} steps, T = ${frame.config.length}: ${each.join(", ")}. Guessing gives ${chance}.`;
}
