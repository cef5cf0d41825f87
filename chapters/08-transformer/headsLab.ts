import { type Arrays, entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import type { Parted } from "../../src/data/sentences.ts";
import {
  type ConfigOf,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  type Agreement,
  agreeingSentences,
  agreementNames,
  agreements,
  askedArrays,
  hardQuestions,
  hiddenWords,
  longest,
  type Question,
  readWords,
  tokensOf,
  vocabulary,
} from "./agreement.ts";
import { headSizes } from "./headsSizes.ts";

const { layers, heads } = headSizes;
/** So many questions of each kind are asked, at most. */
const askedOfEach = 60;

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** What is learnt from, and sentences kept apart. */
export const sentences: () => Parted<readonly string[]> = once(() =>
  agreeingSentences(
    { training: 2000, heldOut: 300 },
    randomStream(1, "agreeing sentences").uniform,
  ),
);
const training = once(() => hiddenWords(sentences().training));

/** Hard questions about the sentences kept apart. */
export const questions: () => readonly Question[] = once(() =>
  agreementNames.flatMap((of) =>
    hardQuestions(sentences().heldOut)
      .filter((question) => question.of === of)
      .slice(0, askedOfEach),
  ),
);
const asked = once(() => askedArrays(questions()));

const place = (label: string, initial: number) =>
  ({
    kind: "number",
    label,
    initial,
    min: 1,
    max: longest,
    integer: true,
    place: "figure",
  }) as const;

const fields = {
  sentence: {
    kind: "text",
    label: "Sentence",
    initial: "the boys near the queen see themselves",
    longest: 120,
    place: "figure",
  },
  hidden: place("Hidden word", 7),
  from: place("Looking word", 7),
  layer: { ...place("Layer", 2), max: layers },
  head: { ...place("Head", 3), max: heads },
  ...trainingFields({ optimiser: "adam", learningRate: 0.005, batchSize: 64 }),
} as const;

export type HeadsConfig = ConfigOf<typeof fields>;

/** The tap by which the heads of a layer, from 1, are taken out. */
export const gateOf = (layer: number): string => `blocks.${layer - 1}.attn.gate`;

/** A layer's gates, `[h, 1, 1]`: 1 for the heads that take part, from 1, and 0 for the others. */
export const gates = (isIn: (head: number) => boolean): NDArray => ({
  shape: [heads, 1, 1],
  data: Float32Array.from({ length: heads }, (_, i) => (isIn(i + 1) ? 1 : 0)),
});

export const headsLab = defineLab({
  id: "tf-heads",
  version: 1,
  title: "Heads",
  invitation:
    "Point at a word to see where each head looks from there. Then take a head out, and see what is lost.",
  fields,
  trains: true,
  data: training,
  scored: () => 128,
  input: inputOf,
  probes: () => ({ asked: asked() }),
  watch: ({ layer }) => [
    ...["blocks.*.attn.A", "blocks.*.attn.gate", "p_word", "right@asked"],
    ...["attn.Z", "attn.concat", "attn.out", "attn.W_O", "resid_pre"].map(
      (name) => `blocks.${layer - 1}.${name}`,
    ),
  ],
  describe: describeHeads,
  checkpoint: { steps: 2000 },
  presets: [
    { label: "Who sees whom?", edit: reading("the boys near the queen see themselves", 7, 2, 3) },
    { label: "Wash or washes?", edit: reading("the dog behind the kings washes a girl", 6, 2, 4) },
    { label: "A or an?", edit: reading("near the cats an old king likes himself", 4, 1, 1) },
  ],
});

function reading(sentence: string, hidden: number, layer: number, head: number): Edit {
  return { config: { sentence, hidden, from: hidden, layer, head }, release: true };
}

/** The words of the sentence, and which of them is hidden and which is looked from, both from 0. */
export function readingOf(config: Pick<HeadsConfig, "sentence" | "hidden" | "from">) {
  const { words } = readWords(config.sentence);
  const within = (place: number) => Math.min(place, words.length) - 1;
  return { words, hidden: within(config.hidden), from: within(config.from) };
}

function inputOf(config: HeadsConfig): Arrays {
  const { words, hidden } = readingOf(config);
  return { x: ndarray([tokensOf(words, hidden)]) };
}

/** The likeliest words for the hidden one, the likeliest first. */
export function guesses(frame: Frame, count: number): { word: string; p: number }[] {
  const { hidden } = readingOf(frame.config as HeadsConfig);
  const V = vocabulary.length;
  return vocabulary
    .map((word, number) => ({ word, p: entry(frame.values.p_word, hidden * V + number) }))
    .sort((a, b) => b.p - a.p)
    .slice(0, count);
}

/** Of these answers to the hard questions, the share that is right, for each kind. */
export function sharesOf(right: NDArray | undefined): Readonly<Record<Agreement, number>> {
  const share = (of: Agreement) => {
    const own = questions().flatMap((question, i) => (question.of === of ? [entry(right, i)] : []));
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  };
  return Object.fromEntries(agreementNames.map((of) => [of, share(of)])) as Record<
    Agreement,
    number
  >;
}

/** Whether a head takes part; both from 1. */
export function isIn({ values }: Pick<Frame, "values">, layer: number, head: number): boolean {
  return entry(values["blocks.*.attn.gate"], (layer - 1) * heads + head - 1) !== 0;
}

/** The heads that are taken out: “2.3” is the third of layer 2. */
export function headsOut(frame: Pick<Frame, "values">): string[] {
  const all = Array.from({ length: layers * heads }, (_, i) => [
    Math.floor(i / heads) + 1,
    (i % heads) + 1,
  ]);
  return all
    .filter(([layer = 1, head = 1]) => !isIn(frame, layer, head))
    .map((one) => one.join("."));
}

const percent = (share: number): string => `${numberText(100 * share, 2)} %`;

function describeHeads(frame: Frame): string {
  const [best] = guesses(frame, 1);
  const shares = sharesOf(frame.values["right@asked"]);
  const right = agreementNames
    .map((of) => `${agreements[of].label} ${percent(shares[of])}`)
    .join(", ");
  const out = headsOut(frame);
  const without = out.length === 0 ? "" : ` Taken out: ${out.join(", ")}.`;
  return `For the hidden word it guesses “${best?.word}” (${percent(best?.p ?? Number.NaN)}). Right on hard questions: ${right}.${without}`;
}
