import { entry, filled, type NDArray } from "../../src/data/ndarray.ts";
import { type ConfigOf, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText, signedText } from "../../src/viz/numberText.ts";
import { heldRepeats } from "./heldRepeats.ts";
import { letterOf, lettersInput, readLetters, repeatSizes, repeats } from "./repeats.ts";
import { type Part, parts, partText } from "./streamParts.ts";

const { V, T, d_model, heads } = repeatSizes;

const angle = (label: string) =>
  ({
    kind: "number",
    label,
    initial: 0,
    min: 0,
    max: 180,
    integer: true,
    place: "figure",
  }) as const;

const fields = {
  text: {
    kind: "text",
    label: "Letters",
    initial: "FLAMINGOFLAMINGOFL",
    longest: 60,
    place: "figure",
  },
  place: {
    kind: "number",
    label: "Place",
    initial: 12,
    min: 1,
    max: T,
    integer: true,
    place: "figure",
  },
  logit: {
    kind: "choice",
    label: "Logit of",
    initial: "likeliest",
    options: [
      { value: "likeliest", label: "the likeliest letter" },
      ...Array.from({ length: V }, (_, v) => ({ value: letterOf(v), label: letterOf(v) })),
    ],
    place: "figure",
  },
  turn: angle("Turn the stream by, in degrees,"),
  hidden: angle("Turn the hidden layers by, in degrees,"),
  ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
} as const;

export type StreamConfig = ConfigOf<typeof fields>;

export const streamLab = defineLab({
  id: "mi-stream",
  version: 1,
  title: "The residual stream",
  invitation:
    "Choose a letter, and see who wrote what to the stream there. Then turn the whole stream, and see what changes.",
  fields,
  trains: true,
  data: (_config, random) => repeats(3200, random),
  scored: () => 16,
  input: ({ text }) => lettersInput(text),
  probes: () => ({ held: heldRepeats() }),
  watch: () => [
    ...["writes", "c", "logits", "p", "change", "right@held"],
    ...["blocks.*.attn.Q", "blocks.*.attn.Z", "blocks.*.ffn.a"],
  ],
  describe: describeStream,
  checkpoint: { steps: 400 },
  presets: [
    { label: "As it was trained", edit: { config: { turn: 0, hidden: 0 }, release: true } },
    { label: "Stream turned", edit: { config: { turn: 90, hidden: 0 } } },
    { label: "Hidden layers turned", edit: { config: { turn: 0, hidden: 180 } } },
    {
      label: "Without the heads of layer 1",
      edit: { write: { "blocks.0.attn.gate": filled([heads, 1, 1], 0) } },
    },
  ],
});

/** What the lab looks at: the letters, the place (from 0), and the letter whose logit it is. */
export function lookedAt(frame: Pick<Frame, "config" | "values">) {
  const { text, place, logit } = frame.config as StreamConfig;
  const { tokens, problem } = readLetters(text);
  const t = Math.min(place, tokens.length) - 1;
  const p = Array.from({ length: V }, (_, v) => entry(frame.values.p, t * V + v));
  const likeliest = p.indexOf(Math.max(...p));
  const letter = logit === "likeliest" ? likeliest : logit.charCodeAt(0) - 65;
  return { tokens, problem, t, letter, likeliest, p };
}

export interface Write {
  readonly part: Part;
  /** What it adds to the stream, d_model numbers. */
  readonly vector: readonly number[];
  /** The stream after it. */
  readonly after: readonly number[];
  /** The cosine between what it adds and the stream that it is added to; NaN for the first. */
  readonly along: number;
  /** What it adds to the logit. */
  readonly contribution: number;
}

/** All that is written at the place, in order. */
export function writesAt(frame: Pick<Frame, "config" | "values">): Write[] {
  const { t, letter } = lookedAt(frame);
  const { writes, c } = frame.values;
  const places = writes?.shape[2] ?? 0;
  let stream = Array.from({ length: d_model }, () => 0);
  return parts.map((part, i) => {
    const vector = rowAt(writes, i * places + t, d_model);
    const before = stream;
    stream = before.map((x, k) => x + (vector[k] ?? 0));
    return {
      part,
      vector,
      after: stream,
      along: cosine(vector, before),
      contribution: entry(c, (i * places + t) * V + letter),
    };
  });
}

/** One row of an array `[…, n]`. */
export const rowAt = (array: NDArray | undefined, row: number, n: number): number[] =>
  Array.from({ length: n }, (_, k) => entry(array, row * n + k));

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), 0);
  return product / (Math.hypot(...a) * Math.hypot(...b));
}

/** The logit that the model gives, and the sum of what its parts add to it. */
export function logitAndSum(frame: Pick<Frame, "config" | "values">) {
  const { t, letter } = lookedAt(frame);
  const sum = writesAt(frame).reduce((total, { contribution }) => total + contribution, 0);
  return { logit: entry(frame.values.logits, t * V + letter), sum };
}

function describeStream(frame: Frame): string {
  const { tokens, t, letter, p } = lookedAt(frame);
  const { logit } = logitAndSum(frame);
  const [most] = writesAt(frame).toSorted((a, b) => b.contribution - a.contribution);
  const { turn, hidden } = frame.config as StreamConfig;
  const change = entry(frame.values.change, 0);
  const turns =
    turn === 0 && hidden === 0
      ? ""
      : ` With the coordinates turned, no logit differs by more than ${numberText(change, 2)}.`;
  return `After ${letterOf(tokens[t] ?? 0)}, at place ${t + 1}, the logit of ${letterOf(letter)} is ${numberText(logit, 3)} (${numberText(100 * (p[letter] ?? 0), 3)} %). ${signedText(most?.contribution, 3)} of it is written by ${partText(most?.part ?? "letter")}.${turns}`;
}
