import { entry, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { storyVocabulary } from "../../src/data/tokenCorpus.ts";
import { bookGptLength as T } from "../../src/models/transformer/sizes.ts";
import {
  type ConfigOf,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { numberText, signedText } from "../../src/viz/numberText.ts";
import { learntFrom, nameOf, stages, tokensOf, writers } from "./lensText.ts";

const V = storyVocabulary;

/** Short, and on the way to its end the model changes its mind. */
const opening = "It was a cold day, and";

const fields = {
  text: {
    kind: "text",
    label: "Text",
    initial: opening,
    longest: 300,
    place: "figure",
  },
  place: {
    kind: "number",
    label: "Look after token (0: the last)",
    initial: 0,
    min: 0,
    max: T,
    integer: true,
    place: "figure",
  },
  stage: {
    kind: "number",
    label: "Stage",
    initial: stages.length - 1,
    min: 0,
    max: stages.length - 1,
    integer: true,
    place: "figure",
  },
  token: {
    kind: "number",
    label: "Token asked about (−1: the likeliest)",
    initial: -1,
    min: -1,
    max: V - 1,
    integer: true,
    place: "figure",
  },
  against: {
    kind: "number",
    label: "Rather than token (−1: the next likeliest, −2: the mean of all)",
    initial: -1,
    min: -2,
    max: V - 1,
    integer: true,
    place: "figure",
  },
  writer: {
    kind: "number",
    label: "Part that is opened",
    initial: -1,
    min: -1,
    max: writers.length - 1,
    integer: true,
    place: "figure",
  },
  ...trainingFields({ optimiser: "adam", learningRate: 0.004, batchSize: 8 }),
} as const;

export type LensConfig = ConfigOf<typeof fields>;

export const lensWatches = ["lens_p", "asked", "dla", "through", "ell"] as const;

export const lensLab = defineLab({
  id: "mi-lens",
  version: 1,
  title: "What it would say now",
  invitation:
    "Read the last column downwards: what the model would say if it had to stop there. Press any square for more.",
  fields,
  trains: true,
  data: () => learntFrom().training,
  scored: () => 2,
  input: (config) => ({
    x: ndarray([[...tokensOf(config.text)]]),
    t: ndarray(placeIn(config)),
    token: ndarray(config.token),
    against: ndarray(config.against),
  }),
  watch: () => lensWatches,
  describe: describeLens,
  presets: [
    { label: "What falls on a cold day?", edit: reading(opening) },
    {
      label: "Of what colour?",
      edit: reading("Tom wanted a red drum. So Mia made him a drum, and the drum was"),
    },
    {
      label: "How many are left?",
      edit: reading("Ben had four apples and gave one apple to a fox. Now Ben had"),
    },
    { label: "Her or his?", edit: reading("Once a girl named Mia lost") },
  ],
  checkpoint: { of: "tf-gpt" },
});

function reading(text: string): Edit {
  return { config: { text, place: 0, token: -1, against: -1, writer: -1 } };
}

/** The place that is looked at, from 0: the last where none is chosen. */
export function placeIn({ text, place }: Pick<LensConfig, "text" | "place">): number {
  const { length } = tokensOf(text);
  return (place === 0 ? length : Math.min(place, length)) - 1;
}

/** The probabilities at a stage and a place, `[V]`; empty where there are none. */
export function sharesIn(lens_p: NDArray | undefined, stage: number, place: number): Float32Array {
  const at = (stage * (lens_p?.shape[1] ?? 0) + place) * V;
  return lens_p?.data.subarray(at, at + V) ?? new Float32Array(0);
}

/** The greatest numbers of a list, the greatest first, by their places. */
export function mostOf(numbers: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const at = best.findIndex((other) => (numbers[i] ?? 0) > (numbers[other] ?? 0));
    if (at < 0 && best.length >= count) continue;
    best.splice(at < 0 ? best.length : at, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}

/** The first stage from which on the stream says what it says in the end. */
export function decidedAt(lens_p: NDArray | undefined, place: number): number {
  const top = stages.map((_, stage) => mostOf(sharesIn(lens_p, stage, place), 1)[0]);
  let stage = stages.length - 1;
  while (stage > 0 && top[stage - 1] === top[stages.length - 1]) stage -= 1;
  return stage;
}

/** The parts of the logit, the largest first. */
export function ranked(dla: NDArray | undefined): { writer: number; value: number }[] {
  return Array.from(dla?.data ?? [], (value, writer) => ({ writer, value })).sort(
    (a, b) => Math.abs(b.value) - Math.abs(a.value),
  );
}

function describeLens({ values, config }: Frame): string {
  const place = placeIn(config as LensConfig);
  const { lens_p, asked, dla, ell } = values;
  const last = sharesIn(lens_p, stages.length - 1, place);
  const [answer = 0] = mostOf(last, 1);
  const stage = stages[decidedAt(lens_p, place)]?.label;
  const [most] = ranked(dla);
  const other = entry(asked, 1);
  const rather = other < 0 ? "the mean of all tokens" : `“${nameOf(other)}”`;
  return `It says “${nameOf(answer)}”, ${numberText(100 * (last[answer] ?? Number.NaN), 3)} %, and the stream has said so since: ${stage}. “${nameOf(entry(asked, 0))}” stands ${signedText(entry(ell))} above ${rather}; most of it is from ${writers[most?.writer ?? 0]?.label}, ${signedText(most?.value)}.`;
}
