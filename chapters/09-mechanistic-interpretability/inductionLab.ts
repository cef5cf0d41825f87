import { entry } from "../../src/data/ndarray.ts";
import {
  type ConfigOf,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { gateOf, type Head, headsOf, now, recordedNames } from "./inductionNumbers.ts";
import { examinedBlocks, type Twin, trainingBlocks, typedInput } from "./inductionTask.ts";
import { readLetters, repeatSizes } from "./repeats.ts";

const { T } = repeatSizes;

const fields = {
  text: {
    kind: "text",
    label: "Letters from A to P",
    initial: "GAMBLINGAMBLING",
    longest: 60,
    place: "figure",
  },
  place: {
    kind: "number",
    label: "Letter that looks",
    initial: 9,
    min: 1,
    max: T,
    integer: true,
    place: "figure",
  },
  asked: {
    kind: "choice",
    label: "The loss is over",
    initial: "known",
    options: [
      { value: "known", label: "letters that can be known" },
      { value: "all", label: "every letter" },
    ],
    restarts: true,
  },
  ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
} as const;

export type InductionConfig = ConfigOf<typeof fields>;

/** What is watched of the circuit, read off the weights. */
export const circuitWatches = ["by_place", "match", "copy", "K_comp"].map(
  (name) => `two.${name}@weights`,
);

export const inductionLab = defineLab({
  id: "mi-induction",
  version: 1,
  title: "Induction heads",
  invitation:
    "Choose a letter to see where the heads look. Then press Start over and Train, and watch them form.",
  fields,
  trains: true,
  data: ({ asked }, random) => trainingBlocks(3200, asked, random),
  scored: () => 16,
  input: ({ text }) => typedInput(text),
  probes: () => ({
    examined: examinedBlocks(32, randomStream(1, "examined blocks").uniform),
    // Nothing is read but the weights.
    weights: { weights: { shape: [], data: new Float32Array(1) } },
  }),
  watch: () => [
    "two.blocks.*.attn.A",
    "two.blocks.*.attn.gate",
    "one.blocks.0.attn.A",
    "two.p",
    "one.p",
  ],
  records: recordedNames,
  describe: describeInduction,
  checkpoint: { steps: 300 },
  presets: [
    { label: "Gambling", edit: typed("GAMBLINGAMBLING", 9) },
    { label: "A new word", edit: typed("HIDEAJPMHIDEAJPM", 11) },
    { label: "One slip", edit: typed("COLDFJAMBCOLEFJAMB", 14) },
    { label: "No repeat", edit: typed("ABCDEFGHIJKLMNOP", 12) },
  ],
});

function typed(text: string, place: number): Edit {
  return { config: { text, place } };
}

/** The letters that are read, and which of them looks, from 0. */
export function readingOf({ text, place }: Pick<InductionConfig, "text" | "place">) {
  const { tokens, problem } = readLetters(text);
  return { tokens, problem, place: Math.min(place, tokens.length) - 1 };
}

/** What a model says after the letter at `place` (from 0): a probability for each letter. */
export function saysAfter({ values }: Pick<Frame, "values">, twin: Twin, place: number): number[] {
  const { V } = repeatSizes;
  const p = values[`${twin}.p`];
  return Array.from({ length: V }, (_, v) => entry(p, place * V + v));
}

/** Whether a head of the two-layer model takes part. */
export function isIn({ values }: Pick<Frame, "values">, { layer, head }: Head): boolean {
  return entry(values["two.blocks.*.attn.gate"], (layer - 1) * repeatSizes.heads + head - 1) !== 0;
}

/** The edit that lets these heads of the two-layer model take part, and no others. */
export function gatesFor(takesPart: (head: Head) => boolean): Edit {
  const layers = [1, 2].map((layer) => ({
    name: gateOf(layer),
    own: headsOf.two.filter((one) => one.layer === layer).map(takesPart),
  }));
  const whole = layers.filter(({ own }) => own.every(Boolean));
  const cut = layers.filter(({ own }) => !own.every(Boolean));
  return {
    release: whole.map(({ name }) => name),
    write: Object.fromEntries(cut.map(({ name, own }) => [name, own.map((is) => [[is ? 1 : 0]])])),
  };
}

/** The heads of the two-layer model that are taken out: “2.1” is the first of layer 2. */
export function headsOut(frame: Pick<Frame, "values">): string[] {
  return headsOf.two
    .filter((one) => !isIn(frame, one))
    .map(({ layer, head }) => `${layer}.${head}`);
}

/** The greatest score of a kind in a layer, at the present step. */
export function scoreNow(
  frame: Pick<Frame, "curve" | "step">,
  twin: Twin,
  kind: "previous" | "induction",
  layer: number,
): number {
  const own = headsOf[twin].filter((one) => one.layer === layer);
  return Math.max(...own.map(({ head }) => now(frame, twin, `${kind}.${layer}.${head}`)));
}

function describeInduction(frame: Frame): string {
  const known = (twin: Twin) => numberText(now(frame, twin, "L_known"), 2);
  const out = headsOut(frame);
  const without = out.length === 0 ? "" : ` Taken out: ${out.join(", ")}.`;
  return `Where a block has come round, the next letter costs two layers ${known("two")} nats and one layer ${known("one")}; a guess costs ${numberText(Math.log(repeatSizes.V), 3)}. The best induction score of layer 2 is ${numberText(scoreNow(frame, "two", "induction", 2), 2)}.${without}`;
}
