import { type Arrays, entry, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  ends,
  numberOf,
  phrases,
  prepositions,
  readPhrase,
  textArrays,
  things,
  verbs,
  vocabulary,
} from "./phrases.ts";
import { headsOf, type Twin } from "./skipSizes.ts";

/** A sentence for every verb and preposition, broken off before the word that depends on both: `x` [24, 7]. */
function askedPhrases(): Arrays {
  const x = verbs.flatMap((verb) =>
    prepositions.map((place) =>
      ["⏎", "Mia", "can", verb, "the", things[0] as string, place].map(numberOf),
    ),
  );
  return { x: ndarray(x) };
}

/** A sentence for every thing, broken off before it comes again: `x` [8, 13]. */
function askedThings(): Arrays {
  const before = ["⏎", "Mia", "can", "keep", "the"];
  const after = ["in", "mind", ".", "she", "likes", "the"];
  return { x: ndarray(things.map((thing) => [...before, thing, ...after].map(numberOf))) };
}

export const skipLab = defineLab({
  id: "mi-skip",
  version: 1,
  title: "Pairs with a gap",
  invitation: "Choose a line of the list: it is tried on the model. Then look at the phrases.",
  fields: {
    model: {
      kind: "choice",
      label: "Model",
      initial: "one",
      options: [
        { value: "one", label: "one head" },
        { value: "two", label: "two heads" },
      ],
      place: "figure",
    },
    text: {
      kind: "text",
      label: "Text",
      initial: "Mia can keep the kite at",
      longest: 120,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
  },
  trains: true,
  data: textArrays,
  scored: () => 64,
  input: ({ text }) => ({ x: ndarray([readPhrase(text).tokens]) }),
  probes: () => ({ phrases: askedPhrases(), things: askedThings() }),
  watch: ({ model }) => [
    ...["QK_words", "OV_words", "direct", "core", "blocks.0.attn.A", "blocks.0.attn.gate"].map(
      (name) => `${model}.${name}`,
    ),
    ...["p_next", "p_next@phrases", "p_next@things"].map((name) => `${model}.${name}`),
  ],
  describe: describeSkip,
  checkpoint: { steps: 800 },
  presets: [
    { label: "Keep … at", edit: reading("one", "Mia can keep the kite at") },
    { label: "The same with two heads", edit: reading("two", "Mia can keep the kite at") },
    { label: "A copy", edit: reading("two", "Tom can have the bell in mind . he likes the") },
    { label: "She or he?", edit: reading("two", "Lena can leave the fox at hand .") },
  ],
});

function reading(model: Twin, text: string): Edit {
  return { config: { model, text }, release: true };
}

export const twinOf = ({ config }: Pick<Frame, "config">): Twin => config.model as Twin;

/** What the model chosen says in the phrases: of every verb and preposition, the probability of each end. */
export function phraseShares(frame: Pick<Frame, "config" | "values">) {
  const p = frame.values[`${twinOf(frame)}.p_next@phrases`];
  const V = vocabulary.length;
  return verbs.map((verb, i) => ({
    verb,
    rows: prepositions.map((place, j) => ({
      place,
      right: phrases[verb]?.[j] ?? "",
      shares: ends.map((end) => entry(p, (prepositions.length * i + j) * V + numberOf(end))),
    })),
  }));
}

/** Of all phrases the mean probability of the end that belongs there, and of all things that of the same thing again. */
export function skills(frame: Pick<Frame, "config" | "values">): {
  phrases: number;
  copies: number;
} {
  const right = phraseShares(frame).flatMap(({ rows }) =>
    rows.map((row) => row.shares[(ends as readonly string[]).indexOf(row.right)] ?? Number.NaN),
  );
  const p = frame.values[`${twinOf(frame)}.p_next@things`];
  const copies = things.map((thing, i) => entry(p, i * vocabulary.length + numberOf(thing)));
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  return { phrases: mean(right), copies: mean(copies) };
}

/** The likeliest next words of the text, the likeliest first. */
export function nextWords(frame: Pick<Frame, "config" | "values">, count: number) {
  const p = frame.values[`${twinOf(frame)}.p_next`];
  return vocabulary
    .map((word, number) => ({ word, p: entry(p, number) }))
    .sort((a, b) => b.p - a.p)
    .slice(0, count);
}

const percent = (share: number): string => `${numberText(100 * share, 2)} %`;

function describeSkip(frame: Frame): string {
  const [best] = nextWords(frame, 1);
  const { phrases: right, copies } = skills(frame);
  const heads = headsOf[twinOf(frame)] === 1 ? "one head" : "two heads";
  return `With ${heads}, it goes on with “${best?.word}” (${percent(best?.p ?? Number.NaN)}). It gives the right end of a phrase ${percent(right)} on average, and a thing again ${percent(copies)}.`;
}
