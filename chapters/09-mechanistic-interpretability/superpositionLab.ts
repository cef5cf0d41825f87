import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { eachAlone, modelAt, strengthsAndDraws, summary } from "./superpositionNumbers.ts";

export const superpositionLab = defineLab({
  id: "mi-superposition",
  version: 1,
  title: "Superposition",
  invitation:
    "Five features, two dimensions. Press Train; then make the features rarer, start over, and train again.",
  fields: {
    p: {
      kind: "number",
      label: "Each feature is there with probability p",
      initial: 1,
      min: 0.01,
      max: 1,
      scale: "log",
      place: "figure",
    },
    n: { kind: "number", label: "Features n", initial: 5, min: 2, max: 40, integer: true },
    m: { kind: "number", label: "Dimensions m", initial: 2, min: 1, max: 16, integer: true },
    decay: {
      kind: "number",
      label: "Importance, as a multiple of the one before",
      initial: 0.9,
      min: 0.3,
      max: 1,
    },
    output: {
      kind: "choice",
      label: "Output",
      initial: "relu",
      options: [
        { value: "relu", label: "ReLU" },
        { value: "linear", label: "linear" },
      ],
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.03, batchSize: 128 }),
  },
  trains: true,
  data: ({ n }, random) => strengthsAndDraws(n, random),
  scored: () => 512,
  openingSteps: 60,
  input: ({ n }) => eachAlone(n),
  watch: () => ["W", "G", "D", "x_hat"],
  describe: describeOwn,
  presets: [
    { label: "Always there", edit: at(5, 2, 1) },
    { label: "Pairs", edit: at(5, 2, 0.3) },
    { label: "Pentagon", edit: at(5, 2, 0.05) },
    { label: "Triangle", edit: { config: { ...at(3, 2, 0.7).config, decay: 1 } } },
    { label: "Six in three", edit: at(6, 3, 0.1) },
    { label: "Forty in ten", edit: { config: { ...at(40, 10, 0.05).config, decay: 1 } } },
  ],
});

function at(n: number, m: number, p: number): Edit {
  return { config: { n, m, p, decay: 0.9, output: "relu" } };
}

/** What the model of this index does: 0 is the reader's own. */
export function summaryOf({ values }: Pick<Frame, "values">, index: number) {
  return summary(modelAt(values.G, index), modelAt(values.x_hat, index));
}

function describeOwn(frame: Frame): string {
  const { n, m, p } = frame.config as Record<"n" | "m" | "p", number>;
  const { kept, interference } = summaryOf(frame, 0);
  const dims = modelAt(frame.values.D, 0).data;
  const shares = kept.map((i) => dims[i] ?? Number.NaN);
  const room =
    kept.length === 0
      ? ""
      : kept.length > 6
        ? ` Each has from ${numberText(Math.min(...shares), 2)} to ${numberText(Math.max(...shares), 2)} of a dimension to itself.`
        : ` Each has this much of a dimension to itself: ${shares.map((share) => numberText(share, 2)).join(", ")}.`;
  return `With each of ${n} features there with probability ${numberText(p)}, ${kept.length} of them ${kept.length === 1 ? "is" : "are"} kept in ${m} ${m === 1 ? "dimension" : "dimensions"}.${room} One alone is taken for another by ${numberText(interference, 2)} at most.`;
}
