import { clockSigns } from "../../src/data/clock.ts";
import { type Arrays, entry, ndarray } from "../../src/data/ndarray.ts";
import { unknownWord } from "../../src/data/sentences.ts";
import { tagMeanings, tagNames, usualTags } from "../../src/data/tagging.ts";
import type { CellName } from "../../src/models/cells.ts";
import {
  type Config,
  clipField,
  defineLab,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  handInput,
  readingOf,
  type ShapeName,
  setsOf,
  shapeNames,
  shuffledReviews,
  taggedSentences,
  type WordShape,
} from "./sequencesData.ts";

interface Recipe {
  readonly cell: CellName;
  readonly units: number;
  readonly learningRate: number;
}

/** What each shape is called, and the settings with which it learns well. */
export const shapeKinds: Readonly<
  Record<ShapeName, { readonly label: string; readonly recipe: Recipe }>
> = {
  draw: { label: "One to many", recipe: { cell: "rnn", units: 48, learningRate: 0.005 } },
  judge: { label: "Many to one", recipe: { cell: "rnn", units: 16, learningRate: 0.01 } },
  tag: { label: "Many to many", recipe: { cell: "rnn", units: 16, learningRate: 0.01 } },
  clock: { label: "Encoder–decoder", recipe: { cell: "gru", units: 32, learningRate: 0.01 } },
};

/** The cells there are, for a choice. */
export const cellOptions = [
  { value: "rnn", label: "RNN" },
  { value: "lstm", label: "LSTM" },
  { value: "gru", label: "GRU" },
] as const satisfies readonly { value: CellName; label: string }[];

const longestText = 200;

/** What stands in the reader's field at first, for each shape that reads words. */
const firstTexts: Readonly<Record<WordShape, string>> = {
  judge: "The plot was dull but the music was lovely",
  tag: "The old cook can watch the play",
  clock: "twenty five to nine",
};

const text = (shape: WordShape, label: string) =>
  ({
    kind: "text",
    label,
    initial: firstTexts[shape],
    longest: longestText,
    place: "figure",
  }) as const;

const digit = {
  kind: "number",
  initial: 3,
  min: 0,
  max: 9,
  integer: true,
  place: "figure",
} as const;

const opening = shapeKinds.draw.recipe;

export const sequencesLab = defineLab({
  id: "rnn-sequences",
  version: 1,
  title: "Four shapes of sequence work",
  invitation:
    "Press Train and watch it learn to write; then choose another shape and give it your own words.",
  fields: {
    shape: {
      kind: "choice",
      label: "Shape",
      initial: "draw",
      options: shapeNames.map((value) => ({ value, label: shapeKinds[value].label })),
      restarts: true,
      place: "figure",
    },
    digit: { ...digit, label: "Digit" },
    other: { ...digit, label: "Second digit", initial: 8 },
    mix: {
      kind: "number",
      label: "Share of the second",
      initial: 0,
      min: 0,
      max: 1,
      place: "figure",
    },
    slant: { kind: "number", label: "Slant", initial: 0.3, min: -1, max: 1, place: "figure" },
    width: { kind: "number", label: "Width", initial: 0, min: -1, max: 1, place: "figure" },
    judge: text("judge", "Your sentence"),
    tag: text("tag", "Your sentence"),
    clock: text("clock", "Your time"),
    cell: {
      kind: "choice",
      label: "Cell",
      initial: opening.cell,
      options: cellOptions,
      restarts: true,
    },
    units: {
      kind: "number",
      label: "Hidden units",
      initial: opening.units,
      min: 2,
      max: 64,
      integer: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: opening.learningRate, batchSize: 32 }),
    clipNorm: { ...clipField(1).clipNorm, place: "more" },
  },
  trains: true,
  data: ({ shape }) => setsOf(shape).training,
  scored: () => 32,
  input: inputOf,
  probes: ({ shape }): Readonly<Record<string, Arrays>> => ({
    held: setsOf(shape).held,
    ...(shape === "judge" && { shuffled: shuffledReviews() }),
  }),
  watch: ({ shape }) => ["y_hat", ...watched[shape]],
  // Recorded, not watched: what a frame costs, training has to wait for. The chart of the loss draws the
  // first of them, which is a distance; the others are shares.
  records: ["off@held", "right@held", "right@shuffled"],
  describe: describeSequences,
  openingSteps: 40,
});

const watched: Readonly<Record<ShapeName, readonly string[]>> = {
  draw: ["steps.*.h"],
  judge: ["steps.*.h", "y_sofar"],
  tag: ["steps.*.h"],
  clock: ["encoder.steps.*.h", "decoder.steps.*.h", "signs"],
};

type DrawSettings = {
  readonly digit: number;
  readonly other: number;
  readonly mix: number;
  readonly slant: number;
  readonly width: number;
};

/** What the reader gives to the model: a digit and a hand, or words. */
function inputOf(
  config: { readonly shape: ShapeName } & DrawSettings & Readonly<Record<WordShape, string>>,
): Arrays {
  const { shape, digit, other, mix } = config;
  if (shape === "draw") return { x: ndarray([handInput(digit, config, other, mix)]) };
  return { x: readingOf(shape, config[shape]).x };
}

/** What is asked of the pen: "3", or "3 and 8" where two are mixed. */
export function digitText({ digit, other, mix }: Config): string {
  if (Number(mix) === 0) return String(digit);
  return Number(mix) === 1 ? String(other) : `${digit}+${other}`;
}

/** What the curve has on record of this quantity for the present step, or the last one before it. */
export function recordedNow({ curve, step }: Frame, name: string): number {
  const at = curve.steps.findLastIndex((recorded) => recorded <= step);
  return curve.others?.[name]?.[at] ?? Number.NaN;
}

/** The share of the held-out answers that are right. */
export function rightShare(frame: Frame): number {
  return recordedNow(frame, "right@held");
}

/** How often the part of speech that a word usually has is right in the sentences kept apart. */
export function wordByWordShare(): number {
  const { training, heldOut } = taggedSentences();
  const usual = usualTags(training);
  const verdicts = heldOut.flatMap(({ words, tags }) =>
    words.map((word, i) => usual.get(word) === tags[i]),
  );
  return verdicts.filter((isRight) => isRight).length / verdicts.length;
}

const percent = (share: number): string => `${numberText(100 * share)} %`;

/** The words that stand in the reader's field, as the model takes them. */
export function readWordsOf(config: Config) {
  const shape = String(config.shape) as WordShape;
  return readingOf(shape, String(config[shape]));
}

/** The time that the decoder wrote, up to the sign that ends it; and whether it ended it. */
export function writtenTime(frame: Frame): {
  readonly signs: readonly string[];
  readonly ended: boolean;
} {
  const signs = Array.from(frame.values.signs?.data ?? [], (sign) => clockSigns[sign] ?? "");
  const end = signs.indexOf("end");
  return end < 0 ? { signs, ended: false } : { signs: signs.slice(0, end), ended: true };
}

/** The likeliest tag of each word, and its probability. */
export function tagsOf(
  frame: Frame,
): { readonly tag: (typeof tagNames)[number]; readonly p: number }[] {
  const { words } = readWordsOf(frame.config);
  const K = tagNames.length;
  return words.flatMap((_, t) => {
    const p = frame.values.y_hat?.data.slice(t * K, (t + 1) * K) ?? new Float32Array();
    const best = p.indexOf(Math.max(...p));
    const tag = tagNames[best];
    return tag ? [{ tag, p: p[best] as number }] : [];
  });
}

const describers: Readonly<Record<ShapeName, (frame: Frame) => string>> = {
  draw: (frame) =>
    `Of digits in hands it has not seen it draws ${percent(rightShare(frame))} right; on average the pen is ${percent(recordedNow(frame, "off@held") / 2)} of the digit’s height beside its way.`,
  judge(frame) {
    const p = entry(frame.values.y_hat);
    const { words } = readWordsOf(frame.config);
    const verdict =
      words.length === 0
        ? "There is no word to read."
        : `Your sentence is ${p > 0.5 ? "praise" : "blame"}, it says, with probability ${numberText(Math.max(p, 1 - p), 2)}.`;
    return `It is right about ${percent(rightShare(frame))} of the sentences kept apart, and about ${percent(recordedNow(frame, "right@shuffled"))} when their words are shuffled. ${verdict}`;
  },
  tag(frame) {
    const { words } = readWordsOf(frame.config);
    const said = tagsOf(frame).map(
      ({ tag }, i) => `${words[i]?.text ?? unknownWord} (${tagMeanings[tag]})`,
    );
    const verdict =
      said.length === 0 ? "There is no word to read." : `It reads: ${said.join(", ")}.`;
    return `It is right about ${percent(rightShare(frame))} of the words kept apart; word by word, without the others, ${percent(wordByWordShare())} is possible. ${verdict}`;
  },
  clock(frame) {
    const { signs, ended } = writtenTime(frame);
    const verdict = `It writes ${signs.join("") || "nothing"}${ended ? "" : " and does not end"}.`;
    return `Of the times kept apart it writes ${percent(rightShare(frame))} right to the last sign. ${verdict}`;
  },
};

function describeSequences(frame: Frame): string {
  const when = frame.step === 0 ? "Before any training." : `After ${frame.step} steps.`;
  return `${when} ${describers[String(frame.config.shape) as ShapeName](frame)}`;
}
