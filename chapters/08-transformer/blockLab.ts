import type { Arrays, NDArray } from "../../src/data/ndarray.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  heldData,
  heldTaught,
  questionOf,
  type TaskName,
  tasks,
  trainingData,
} from "./blockTask.ts";

/** What can be taken out of a model, and what that is called. */
export const removals = [
  { value: "residual", label: "residual", without: "without the residual connections" },
  { value: "norm", label: "norm", without: "without layer normalisation" },
  { value: "post", label: "norm after", without: "with the norm after each addition" },
  { value: "ffn", label: "feed-forward", without: "without the feed-forward layers" },
  { value: "positions", label: "positions", without: "without positions" },
  { value: "mask", label: "mask", without: "without the mask" },
] as const;
export type RemovalName = (typeof removals)[number]["value"];

export function removalOf({ config }: Pick<Frame, "config">): (typeof removals)[number] {
  return removals.find(({ value }) => value === config.removed) ?? removals[0];
}

/** What the curve records: the loss of each model on questions held out, the right words before each. */
export const losses = { whole: "whole.L@taught", without: "without.L@taught" } as const;
/** The share of right answers of each model, by task, when they answer by themselves. */
export const rights = { whole: "whole.right@held", without: "without.right@held" } as const;
/** What each answers to the reader's question. */
export const answers = { whole: "whole.written@own", without: "without.written@own" } as const;

/** The stream of a model before its first block, and after each. */
export const streams = {
  whole: ["whole.blocks.0.resid_pre", "whole.blocks.*.resid_post"],
  without: ["without.blocks.0.resid_pre", "without.blocks.*.resid_post"],
} as const;

export const blockLab = defineLab({
  id: "tf-block",
  version: 1,
  title: "What each part is for",
  invitation:
    "Take a part out of the second model, press Train, and see which of three tasks it can no longer do.",
  fields: {
    removed: {
      kind: "choice",
      label: "Take out",
      initial: "residual",
      options: removals.map(({ value, label }) => ({ value, label })),
      restarts: true,
      place: "figure",
    },
    task: {
      kind: "choice",
      label: "Task",
      initial: "back",
      options: tasks.map(({ name, label }) => ({ value: name, label })),
      place: "figure",
    },
    word: { kind: "text", label: "Digits", initial: "2 5 0 3 1", longest: 40, place: "figure" },
    layers: {
      kind: "number",
      label: "Blocks",
      initial: 3,
      min: 1,
      max: 6,
      integer: true,
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 32 }),
  },
  trains: true,
  data: (_config, random) => trainingData(random),
  scored: () => 16,
  input: ({ task, word }) => ({ ...questionOf(task, word).taught }),
  probes: ({ task, word }): Readonly<Record<string, Arrays>> => ({
    taught: heldTaught,
    held: heldData,
    own: questionOf(task, word).asked,
  }),
  watch: () => [...streams.whole, ...streams.without],
  closely: () => [...Object.values(rights), ...Object.values(answers)],
  records: Object.values(losses),
  describe: describeBlock,
  checkpoint: { steps: 500 },
});

/** The stream of one model, `[layers + 1, T, d_model]`: before the first block, and after each. */
export function streamOf({ values }: Pick<Frame, "values">, twin: "whole" | "without"): NDArray {
  const [first, after] = streams[twin].map((name) => values[name]);
  const [T = 0, d = 0] = first?.shape.slice(-2) ?? [];
  const layers = after?.shape[0] ?? 0;
  const data = new Float32Array((layers + 1) * T * d);
  data.set(first?.data ?? []);
  data.set(after?.data ?? [], T * d);
  return { shape: [layers + 1, T, d], data };
}

/** Of each layer of a stream: the mean length of its rows, and how alike their directions are, on average over pairs: 1 where all are one. */
export function measuredStream({ shape, data }: NDArray): { length: number; alike: number }[] {
  const [layers = 0, T = 0, d = 0] = shape;
  return Array.from({ length: layers }, (_, layer) => {
    const rows = Array.from({ length: T }, (_, t) => {
      const from = (layer * T + t) * d;
      return data.subarray(from, from + d);
    });
    const lengths = rows.map((row) => Math.hypot(...row));
    const sum = new Float64Array(d);
    for (const [t, row] of rows.entries()) {
      for (let k = 0; k < d; k++) {
        sum[k] = (sum[k] ?? 0) + (row[k] ?? 0) / Math.max(lengths[t] ?? 0, 1e-12);
      }
    }
    // The squared length of the sum of unit vectors is T and all products of pairs, each twice.
    const squared = sum.reduce((total, entry) => total + entry * entry, 0);
    return {
      length: lengths.reduce((total, length) => total + length, 0) / Math.max(1, T),
      alike: T > 1 ? (squared - T) / (T * (T - 1)) : 1,
    };
  });
}

/** What the curve has on record for the present step, or the last one before it. */
export function recordedNow({ curve, step }: Frame, name: string): number {
  const at = curve.steps.findLastIndex((then) => then <= step);
  return curve.others?.[name]?.[at] ?? Number.NaN;
}

/** The question that stands in the lab. */
export function questionIn({ config }: Pick<Frame, "config">) {
  return questionOf(String(config.task) as TaskName, String(config.word));
}

function describeBlock(frame: Frame): string {
  const { whole, without } = losses;
  const when = frame.step === 0 ? "" : `After ${frame.step} steps: `;
  const loss = (name: string) => numberText(recordedNow(frame, name), 2);
  return `${when}${when ? "t" : "T"}he whole model’s loss on questions held out is ${loss(whole)}, that of the model ${removalOf(frame).without} ${loss(without)}. A guess among six digits costs ${numberText(Math.log(6), 2)}.`;
}
