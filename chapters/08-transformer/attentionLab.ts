import { type Arrays, entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { type ConfigOf, defineLab, type Edit, type Frame } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { headOptions, widthOf, widths } from "./headWeights.ts";
import { filledUp, filling, vectorsOf, wordsOf } from "./words.ts";

const fields = {
  sentence: {
    kind: "text",
    label: "Sentence",
    initial: "the white cat sees a small red house",
    longest: 120,
    place: "figure",
  },
  filling: {
    kind: "number",
    label: "Places of filling",
    initial: 0,
    min: 0,
    max: 4,
    integer: true,
    place: "figure",
  },
  head: {
    kind: "choice",
    label: "A head that",
    initial: "near",
    options: headOptions,
    restarts: true,
    place: "figure",
  },
  d_k: {
    kind: "choice",
    label: "dₖ",
    initial: "256",
    options: widths.map((value) => ({ value, label: value })),
    restarts: true,
    place: "figure",
  },
  mask: {
    kind: "choice",
    label: "A word may look at",
    initial: "none",
    options: [
      { value: "none", label: "everything" },
      { value: "causal", label: "what is not ahead" },
      { value: "padding", label: "words, not filling" },
      { value: "both", label: "words not ahead" },
    ],
    place: "figure",
  },
  scaled: { kind: "switch", label: "Divide by √dₖ", initial: true, place: "figure" },
} as const;

export type AttentionConfig = ConfigOf<typeof fields>;

export const attentionLab = defineLab({
  id: "tf-attention",
  version: 1,
  title: "Attention, number by number",
  invitation: "Choose any number to see how it was made. Then change it, and follow what it moves.",
  fields,
  trains: false,
  data: (config) => inputOf({ ...config, sentence: "", filling: 0 }),
  input: inputOf,
  watch: () => [
    ...["W_Q", "W_K", "W_V", "M", "Q", "K", "V", "QK", "S", "A", "Z"],
    ...["grad A", "grad S"],
  ],
  describe: describeAttention,
  presets: [
    { label: "A noun near by", edit: read("the white cat sees a small red house", "near") },
    { label: "Nouns for a pronoun", edit: read("the dog saw the cat and it ran", "pronoun") },
    { label: "One word back", edit: read("the moon is old and the fox is young", "back") },
    {
      label: "Not to look ahead",
      edit: read("the white cat sees a small red house", "near", { mask: "causal" }),
    },
    {
      label: "Without √dₖ",
      edit: read("the white cat sees a small red house", "random", { d_k: "256", scaled: false }),
    },
  ],
});

function read(sentence: string, head: string, change: Edit["config"] = {}): Edit {
  return {
    config: { sentence, head, filling: 0, mask: "none", scaled: true, ...change },
    release: true,
  };
}

/** What stands in the places of the sentence: its words, and filling. */
export function placesOf(config: Pick<AttentionConfig, "sentence" | "filling">): string[] {
  return filledUp(wordsOf(config.sentence), config.filling);
}

function inputOf(config: AttentionConfig): Arrays {
  const places = placesOf(config);
  return {
    x: ndarray(vectorsOf(places)),
    filled: ndarray(places.map((word) => (word === filling ? 0 : 1))),
    G: sentBack(places.length, widthOf(config)),
  };
}

/** A gradient for Z, `[T, d_k]`, normal: what a model would send back that wants all of Z a little other. */
function sentBack(T: number, d_k: number): NDArray {
  const { normal } = randomStream(1, "the gradient at Z");
  return { shape: [T, d_k], data: Float32Array.from({ length: T * d_k }, normal) };
}

/** The word that each word looks at most, with its share. */
export function mostSeen(
  { values }: Pick<Frame, "values">,
  T: number,
): { at: number; share: number }[] {
  return Array.from({ length: T }, (_, i) => {
    const row = Array.from({ length: T }, (_, j) => entry(values.A, i * T + j));
    const share = Math.max(...row);
    return { at: row.indexOf(share), share };
  });
}

export interface Passing {
  /** The length of the gradient that arrives at the word's row of A. */
  readonly arriving: number;
  /** And of that which comes through the softmax, to its row of S. */
  readonly through: number;
}

/** What comes through the softmax of each word; null while the gradients are of another sentence. */
export function passingOf({ values }: Pick<Frame, "values">, T: number): Passing[] | null {
  const [before, after] = [values["grad A"], values["grad S"]];
  if (before?.data.length !== T * T || after?.data.length !== T * T) return null;
  const length = ({ data }: NDArray, i: number) => Math.hypot(...data.subarray(i * T, (i + 1) * T));
  return Array.from({ length: T }, (_, i) => ({
    arriving: length(before, i),
    through: length(after, i),
  }));
}

/** A word that lets through less than this share has as good as no gradient. */
const dead = 0.01;

/** What share comes through at each word; NaN where nothing arrives. */
export const sharesThrough = (passing: readonly Passing[]): number[] =>
  passing.map(({ arriving, through }) => through / arriving);

/** How many words let less than a hundredth of their gradient through. */
export function deadWords(frame: Pick<Frame, "values">, T: number): number {
  return sharesThrough(passingOf(frame, T) ?? []).filter((share) => share < dead).length;
}

function describeAttention(frame: Frame): string {
  const words = placesOf(frame.config as AttentionConfig);
  const seen = mostSeen(frame, words.length);
  const most = seen.reduce(
    (best, { share }, i) => (share > (seen[best]?.share ?? 0) ? i : best),
    0,
  );
  const { at, share } = seen[most] ?? { at: 0, share: 0 };
  const silent = deadWords(frame, words.length);
  const slope =
    silent === 0
      ? ""
      : ` At ${silent} of ${words.length} words less than 1 % of the gradient comes through the softmax.`;
  const held = frame.held.length > 0 ? ` Held by hand: ${frame.held.join(", ")}.` : "";
  return `${words.length} words. The most decided is “${words[most]}”: ${numberText(100 * share, 2)} % of its attention is on “${words[at]}”.${slope}${held}`;
}
