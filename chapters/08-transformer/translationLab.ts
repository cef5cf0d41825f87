import { type Arrays, filled } from "../../src/data/ndarray.ts";
import { longestSentence, noWord, spanishOf, spanishWords } from "../../src/data/translation.ts";
import { type BeamSequence, beamTree, byLength } from "../../src/models/transformer/beamTree.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  endNumber,
  forcedOf,
  forcedWords,
  heldOutPairs,
  heldOutSentences,
  mostWritten,
  readSentence,
  sourceOf,
  taughtOf,
  trainingPairs,
} from "./translationText.ts";

/** What the curve records of the sentences kept apart, and what each is. */
export const recorded = {
  right: "right@held",
  taught: "taught@held",
} as const;

/** The share of the words kept apart that it gets right after its own: it has to write them all for that. */
export const ownShare = "own@alone";

const everyWritten = ["steps.*.p@own", "steps.*.y@own", "steps.*.decoder.blocks.0.cross.A@own"];
const everyBeam = ["token", "parent", "score"].map((name) => `steps.*.${name}@beam`);

export const translationLab = defineLab({
  id: "tf-translation",
  version: 1,
  title: "Translation",
  invitation:
    "Type an English sentence of your own. Or press Start over, then Train, and watch the Spanish come right.",
  fields: {
    sentence: {
      kind: "text",
      label: "English",
      initial: "the small girl wants a red car",
      longest: 120,
      place: "figure",
    },
    forced: { kind: "text", label: "Words put in", initial: "", longest: 120, place: "figure" },
    decoding: {
      kind: "choice",
      label: "How it writes",
      initial: "greedy",
      options: [
        { value: "greedy", label: "greedy" },
        { value: "beam", label: "beam search" },
      ],
      place: "figure",
    },
    width: {
      kind: "number",
      label: "Beams",
      initial: 3,
      min: 1,
      max: 5,
      integer: true,
      place: "figure",
    },
    alpha: { kind: "number", label: "α", initial: 0, min: 0, max: 2, place: "figure" },
    heads: {
      kind: "choice",
      label: "Heads",
      initial: "2",
      options: ["1", "2", "4"].map((value) => ({ value, label: value })),
      restarts: true,
      place: "more",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.003, batchSize: 32 }),
  },
  trains: true,
  data: () => ({ ...trainingPairs() }),
  scored: () => 32,
  input: ({ sentence }) => ({ x: sourceOf(sentence), before: taughtOf(sentence) }),
  probes: ({ sentence, forced, width }): Readonly<Record<string, Arrays>> => {
    const x = sourceOf(sentence);
    return {
      ...heldOutPairs(),
      own: { x, forced: forcedOf(forced) },
      beam: { x, beam: filled([width]) },
    };
  },
  watch: ({ decoding }) => ["logits", ...everyWritten, ...(decoding === "beam" ? everyBeam : [])],
  closely: () => [ownShare],
  records: Object.values(recorded),
  describe: describeTranslation,
  checkpoint: { steps: 300 },
  presets: [
    { label: "Adjective after noun", edit: say("the black cat sees a white house") },
    { label: "No word for “I”", edit: say("i want the red book") },
    { label: "A question", edit: say("is the small house white ?") },
    { label: "Word for word?", edit: say("how are you ?") },
    {
      label: "Beam search",
      edit: { config: { decoding: "beam", width: 3, forced: "" } },
    },
  ],
});

function say(sentence: string) {
  return { config: { sentence, forced: "", decoding: "greedy" } };
}

/** One word of what the model writes by itself. */
export interface WrittenWord {
  readonly word: string;
  /** The probability that the model gave to it. */
  readonly p: number;
  /** The likeliest words at this step, the likeliest first. */
  readonly best: readonly { readonly word: string; readonly p: number }[];
  /** Whether the reader put it in. */
  readonly isForced: boolean;
  /** The attention to each place of the source, by head, `[h][7]`. */
  readonly attention: readonly (readonly number[])[];
}

const mostBest = 5;

/** What the model writes, up to the end and with it, the reader's words in their places. */
export function writtenWords({ values, config }: Frame): WrittenWord[] {
  const { "steps.*.p@own": p, "steps.*.y@own": y } = values;
  const A = values["steps.*.decoder.blocks.0.cross.A@own"]; // [8, 1, h, 1, 7]
  if (!p || !y || !A) return [];
  const V = spanishWords.length;
  const h = A.shape[2] as number;
  const put = forcedWords(String(config.forced));
  const words: WrittenWord[] = [];
  for (let t = 0; t < mostWritten; t++) {
    const forced = put[t] ?? null;
    const number = forced === null ? (y.data[t] as number) : spanishWords.indexOf(forced);
    const row = Array.from(p.data.subarray(t * V, (t + 1) * V));
    words.push({
      word: spanishWords[number] ?? noWord,
      p: row[number] ?? Number.NaN,
      best: row
        .map((share, k) => ({ word: spanishWords[k] ?? noWord, p: share }))
        .sort((a, b) => b.p - a.p)
        .slice(0, mostBest),
      isForced: forced !== null,
      attention: Array.from({ length: h }, (_, head) => {
        const from = (t * h + head) * longestSentence;
        return Array.from(A.data.subarray(from, from + longestSentence));
      }),
    });
    if (number === endNumber) break;
  }
  return words;
}

/** What it says after each of the right words, up to where the end belongs; empty where nobody knows them. */
export function taughtWords({ values, config }: Frame): string[] {
  const { right } = readSentence(String(config.sentence));
  const { logits } = values; // [1, 8, V]
  if (!right || !logits) return [];
  const V = spanishWords.length;
  return Array.from({ length: right.length + 1 }, (_, t) => {
    const row = logits.data.subarray(t * V, (t + 1) * V);
    return spanishWords[row.indexOf(Math.max(...row))] ?? noWord;
  });
}

/** The tree of the beam search, and its sequences, the best first. */
export function searched({ values, config }: Frame) {
  const rows = (name: string) => {
    const all = values[`steps.*.${name}@beam`];
    const [steps = 0, width = 0] = all?.shape ?? [];
    return Array.from({ length: steps }, (_, i) =>
      Array.from(all?.data.subarray(i * width, (i + 1) * width) ?? []),
    );
  };
  const tree = beamTree(
    { token: rows("token"), parent: rows("parent"), score: rows("score") },
    endNumber,
  );
  return { ...tree, sequences: byLength(tree.sequences, Number(config.alpha)) };
}

export const textOf = ({ tokens }: BeamSequence): string => spanishOf(tokens).join(" ");

/** What the curve has on record for the present step, or the last one before it. */
export function recordedNow({ curve, step }: Frame, name: string): number {
  const at = curve.steps.findLastIndex((then) => then <= step);
  return curve.others?.[name]?.[at] ?? Number.NaN;
}

/** How many of the sentences kept apart come right to the last word. */
export function rightSentences(frame: Frame): number {
  return Math.round(heldOutSentences * recordedNow(frame, recorded.right));
}

/** The sentence that it writes, and whether it is right; null where nobody knows. */
export function verdictOn(frame: Frame): { text: string; isRight: boolean | null } {
  const { right } = readSentence(String(frame.config.sentence));
  const said =
    frame.config.decoding === "beam"
      ? (searched(frame).sequences[0] ?? { tokens: [] }).tokens.map((k) => spanishWords[k] ?? "")
      : writtenWords(frame).map(({ word }) => word);
  const text = said.filter((word) => word !== spanishWords[endNumber]).join(" ");
  return { text, isRight: right && text === right.join(" ") };
}

function describeTranslation(frame: Frame): string {
  const { words } = readSentence(String(frame.config.sentence));
  const { text, isRight } = verdictOn(frame);
  const verdict =
    isRight === null ? "" : isRight ? ", which is right" : ", which is not what it should say";
  const own = words.length === 0 ? "There is no word to read." : `Yours: “${text}”${verdict}.`;
  const score = `${frame.step === 0 ? "Of" : `After ${frame.step} steps, of`} ${heldOutSentences} sentences that it has never seen it translates ${rightSentences(frame)} to the last word.`;
  return `${score} ${own}${frame.config.decoding === "beam" ? ` Its best has ${scoreText(searched(frame).sequences[0])}.` : ""}`;
}

const scoreText = (best: BeamSequence | undefined) =>
  best ? `probability ${numberText(Math.exp(best.score), 2)}` : "no end";
