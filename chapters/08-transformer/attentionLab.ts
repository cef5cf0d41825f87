import { entry, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { headOptions } from "./headWeights.ts";
import { vectorsOf, wordsOf } from "./words.ts";

export const attentionLab = defineLab({
  id: "tf-attention",
  version: 1,
  title: "Attention, number by number",
  invitation: "Choose any number to see how it was made. Then change it, and follow what it moves.",
  fields: {
    sentence: {
      kind: "text",
      label: "Sentence",
      initial: "the white cat sees a small red house",
      longest: 120,
      place: "figure",
    },
    head: {
      kind: "choice",
      label: "A head that",
      initial: "near",
      options: headOptions,
      restarts: true,
    },
    mask: {
      kind: "choice",
      label: "A word may look at",
      initial: "none",
      options: [
        { value: "none", label: "every word" },
        { value: "causal", label: "those before it" },
      ],
    },
    scaled: { kind: "switch", label: "Divide by √dₖ", initial: true },
  },
  trains: false,
  data: () => ({ x: ndarray(vectorsOf(wordsOf(""))) }),
  input: ({ sentence }) => ({ x: ndarray(vectorsOf(wordsOf(sentence))) }),
  watch: () => ["W_Q", "W_K", "W_V", "M", "Q", "K", "V", "QK", "S", "A", "Z", "J"],
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
      edit: read("the white cat sees a small red house", "wide", { scaled: false }),
    },
  ],
});

function read(sentence: string, head: string, change: Edit["config"] = {}): Edit {
  return { config: { sentence, head, mask: "none", scaled: true, ...change }, release: true };
}

/** The word that each word looks at most, with its share. */
export function mostSeen({ values }: Frame, T: number): { at: number; share: number }[] {
  return Array.from({ length: T }, (_, i) => {
    const row = Array.from({ length: T }, (_, j) => entry(values.A, i * T + j));
    const share = Math.max(...row);
    return { at: row.indexOf(share), share };
  });
}

function describeAttention(frame: Frame): string {
  const words = wordsOf(String(frame.config.sentence));
  const seen = mostSeen(frame, words.length);
  const most = seen.reduce(
    (best, { share }, i) => (share > (seen[best]?.share ?? 0) ? i : best),
    0,
  );
  const { at, share } = seen[most] ?? { at: 0, share: 0 };
  const held = frame.held.length > 0 ? ` Held by hand: ${frame.held.join(", ")}.` : "";
  return `${words.length} words. The most decided is “${words[most]}”: ${numberText(100 * share, 2)} % of its attention is on “${words[at]}”.${held}`;
}
