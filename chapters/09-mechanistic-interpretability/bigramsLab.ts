import { type Arrays, ndarray } from "../../src/data/ndarray.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { comparedPairs } from "./bigramsNumbers.ts";
import { textArrays, vocabulary } from "./phrases.ts";

export const bigramsLab = defineLab({
  id: "mi-bigrams",
  version: 1,
  title: "No layers",
  invitation: "Press Train, and watch the left table become the right one.",
  fields: {
    word: {
      kind: "choice",
      label: "After the word",
      initial: "at",
      options: vocabulary.map((word) => ({ value: word, label: word })),
      place: "figure",
    },
    d: {
      kind: "number",
      label: "Numbers a word, d",
      initial: 16,
      min: 1,
      max: vocabulary.length,
      integer: true,
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.03, batchSize: 32 }),
  },
  trains: true,
  data: textArrays,
  scored: () => 64,
  input: everyWord,
  watch: () => ["W_EU"],
  describe: describeBigrams,
  openingSteps: 20,
  presets: [
    { label: "16 numbers a word", edit: { config: { d: 16 } } },
    { label: "Four", edit: { config: { d: 4 } } },
    { label: "Two", edit: { config: { d: 2 } } },
  ],
});

/** Every word of the vocabulary, once: `x` [1, V]. */
function everyWord(): Arrays {
  return { x: ndarray([vocabulary.map((_, number) => number)]) };
}

function describeBigrams(frame: Frame): string {
  const { correlation, excess, floor } = comparedPairs(frame.values.W_EU);
  const { word } = frame.config;
  return `Over all pairs of the texts, its log-probabilities and the true ones correlate at ${numberText(correlation, 3)}. A word costs it ${numberText(floor + excess, 3)} nats; nobody who sees one word alone can do better than ${numberText(floor, 3)}. The row shown is that of “${word}”.`;
}
