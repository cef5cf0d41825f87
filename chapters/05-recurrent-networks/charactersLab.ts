import type { NDArray } from "../../src/data/ndarray.ts";
import {
  type Config,
  clipField,
  defineLab,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { corpusOf, dreamOf, lensOf, longestText } from "./charactersData.ts";
import { cellOptions, recordedNow } from "./sequencesLab.ts";

/** What the figure looks at now and then: the states along its lines, what may follow, and a sample. */
export const closeWatches = ["steps.*.h", "p", "written@dream"] as const;

/** The loss on the windows kept apart. */
export const heldLoss = "L@held";

export const charactersLab = defineLab({
  id: "rnn-characters",
  version: 1,
  title: "A character model",
  invitation:
    "Press Train and read what it writes: first the letters come right, then words, then whole turns of the tale.",
  fields: {
    text: {
      kind: "text",
      label: "Text",
      initial: "",
      longest: longestText,
      restarts: true,
      place: "figure",
    },
    tau: {
      kind: "number",
      label: "Temperature τ",
      initial: 0.7,
      min: 0.1,
      max: 2,
      place: "figure",
    },
    begin: { kind: "text", label: "Begin with", initial: "The fox", longest: 60, place: "figure" },
    draw: {
      kind: "number",
      label: "Draw",
      initial: 1,
      min: 1,
      max: 9999,
      integer: true,
      place: "figure",
    },
    lens: { kind: "text", label: "Lines to look at", initial: "", longest: 400, place: "figure" },
    unit: {
      kind: "number",
      label: "Unit",
      initial: 1,
      min: 1,
      max: 128,
      integer: true,
      place: "figure",
    },
    cell: { kind: "choice", label: "Cell", initial: "rnn", options: cellOptions, restarts: true },
    units: { kind: "number", label: "Hidden units", initial: 64, min: 8, max: 128, integer: true },
    window: {
      kind: "number",
      label: "Window T",
      initial: 32,
      min: 4,
      max: 128,
      integer: true,
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.005, batchSize: 16 }),
    clipNorm: { ...clipField(1).clipNorm, place: "more" },
  },
  trains: true,
  data: ({ text, window }) => corpusOf(text, window).training,
  scored: () => 16,
  input: ({ text, window, lens }) => ({ x: lensOf(corpusOf(text, window), lens).x }),
  probes({ text, window, begin, draw }) {
    const corpus = corpusOf(text, window);
    return { held: corpus.held, dream: dreamOf(corpus, begin, draw) };
  },
  watch: () => [],
  closely: () => closeWatches,
  records: [heldLoss],
  describe: describeCharacters,
});

/** The corpus of a configuration. */
export function corpusIn(config: Config) {
  return corpusOf(String(config.text), Number(config.window));
}

/** The characters that the figure looks at, the line break before them first. */
export function linesIn(config: Config): readonly string[] {
  return lensOf(corpusIn(config), String(config.lens)).characters;
}

/** What the model wrote. */
export function writtenText(config: Config, written: NDArray | undefined): string {
  const { characters } = corpusIn(config).alphabet;
  return Array.from(written?.data ?? [], (k) => characters[k] ?? "").join("");
}

/** Nats in bits. */
export const bits = (nats: number): number => nats / Math.LN2;

function describeCharacters(frame: Frame): string {
  const held = recordedNow(frame, heldLoss);
  const { alphabet, uniform, single, pairs } = corpusIn(frame.config);
  const loss = `${numberText(held)} nats (${numberText(bits(held))} bits) a character on text it has not read`;
  const rank =
    held > uniform
      ? `worse than a guess among all ${alphabet.characters.length} characters (${numberText(uniform)})`
      : held > single
        ? `better than a guess among all ${alphabet.characters.length} characters (${numberText(uniform)}), not yet as good as knowing how often each occurs (${numberText(single)})`
        : held > pairs
          ? `better than knowing how often each occurs (${numberText(single)}), not yet as good as knowing the pairs (${numberText(pairs)})`
          : `better than knowing how often each character follows each other one (${numberText(pairs)})`;
  const when =
    frame.step === 0 ? "Before any training it costs" : `After ${frame.step} steps it costs`;
  const gap =
    frame.loss < 0.7 * held && frame.step > 0
      ? ` On what it learns from the loss is ${numberText(frame.loss)}: part of it is learnt by heart.`
      : "";
  return `${when} ${loss}: ${rank}.${gap}`;
}
