import { entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  allSentences,
  longest,
  none,
  numberOfVerb,
  readableWords,
  vocabulary,
  wordNumber,
} from "./sentences.ts";

/** H, the numbers of a state, and D, those of a word. */
export const units = 6;
export const dimensions = 3;

export const unrollLab = defineLab({
  id: "rnn-unroll",
  version: 1,
  title: "Unroll",
  invitation:
    "Read the sentence word by word. Then change a number of any state, and see what it expects next.",
  fields: {
    sentence: {
      kind: "text",
      label: "Sentence",
      initial: "the dog near the cats",
      longest: 120,
      place: "figure",
    },
    place: {
      kind: "number",
      label: "Words read",
      initial: 5,
      min: 0,
      max: longest,
      integer: true,
      place: "figure",
    },
    folded: { kind: "switch", label: "Folded", initial: false, place: "figure" },
    lookUp: {
      kind: "choice",
      label: "Look up as",
      initial: "row",
      options: [
        { value: "row", label: "a row" },
        { value: "product", label: "a product" },
      ],
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.05, batchSize: 0 }),
  },
  trains: true,
  data: nextWords,
  input: ({ sentence }) => ({ x: ndarray([readableWords(sentence).map(wordNumber)]) }),
  watch: () => ["E", "W_x", "W_h", "b_h", "h_0", "e", "y", "steps.*.a", "steps.*.h"],
  describe: describeUnroll,
  presets: [
    { label: "The dog near the cats", edit: read("the dog near the cats") },
    { label: "The same words, in another order", edit: read("the cats near the dog") },
    { label: "Three words", edit: read("the old dogs") },
    { label: "Longer than any it was taught", edit: read("the dog near the cats near the cats") },
  ],
  openingSteps: 40,
});

/** The lab with this sentence, read to its end. */
function read(sentence: string): Edit {
  return { config: { sentence, place: readableWords(sentence).length } };
}

/** For every sentence: its words without the last `x`, and the word that comes after each, `next`; [48, 6] each. */
function nextWords() {
  const all = allSentences().map((sentence) => sentence.map(wordNumber));
  const steps = Math.max(...all.map(({ length }) => length)) - 1;
  const padded = (row: readonly number[]) => [
    ...row,
    ...Array<number>(steps - row.length).fill(none),
  ];
  return {
    x: ndarray(all.map((row) => padded(row.slice(0, -1)))),
    next: ndarray(all.map((row) => padded(row.slice(1)))),
  };
}

/** How many words of the sentence have been read. */
export function wordsRead({ config }: Frame): number {
  return Math.min(Number(config.place), readableWords(String(config.sentence)).length);
}

export interface Guess {
  readonly word: string;
  readonly chance: number;
}

/** What the model expects after the word of step `t`, from 1; the likeliest word first. */
export function guessesAt(y: NDArray | undefined, t: number): Guess[] {
  return vocabulary
    .map((word, i) => ({ word, chance: entry(y, (t - 1) * vocabulary.length + i) }))
    .sort((a, b) => b.chance - a.chance);
}

/** How likely the model holds a verb for one, and a verb for many, after step `t`. */
export function agreementAt(y: NDArray | undefined, t: number) {
  const chanceOf = (number: "singular" | "plural") =>
    guessesAt(y, t)
      .filter(({ word }) => numberOfVerb(word) === number)
      .reduce((sum, { chance }) => sum + chance, 0);
  return { singular: chanceOf("singular"), plural: chanceOf("plural") };
}

/** The steps whose state is held by hand, from 0. */
export function heldSteps({ held }: Frame): number[] {
  return held
    .map((name) => (name === "h_0" ? "0" : (/^steps\.(\d+)\.h$/.exec(name)?.[1] ?? "")))
    .filter((step) => step !== "")
    .map(Number);
}

function describeUnroll(frame: Frame): string {
  const words = readableWords(String(frame.config.sentence));
  const t = wordsRead(frame);
  const held = heldSteps(frame).filter((step) => step <= t);
  const byHand =
    held.length === 0
      ? ""
      : ` The state after ${held.length === 1 ? "step" : "steps"} ${held.join(", ")} is held by hand.`;
  if (t === 0) return `Nothing has been read: the state is h₀.${byHand}`;
  const [first, second] = guessesAt(frame.values.y, t);
  const said = [first, second].map((guess) => `“${guess?.word}” ${numberText(guess?.chance, 2)}`);
  return `After “${words.slice(0, t).join(" ")}” it expects ${said.join(" or ")}.${byHand} The loss over all 48 sentences is ${numberText(frame.loss)}.`;
}
