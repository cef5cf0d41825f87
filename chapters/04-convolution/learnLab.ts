import { entry } from "../../src/data/ndarray.ts";
import { defineLab, type Edit, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { answersTo, learnPictures, targetText, targetWeights } from "./learnData.ts";
import { namedKernels } from "./namedKernels.ts";

const weightsNamed = (name: string): readonly number[] =>
  namedKernels.find((kernel) => kernel.name === name)?.weights ?? [];

export const learnLab = defineLab({
  id: "conv-learn",
  version: 1,
  title: "Learn the kernel",
  invitation:
    "The kernel begins as noise. Train, and watch it become the one that made the wanted pictures.",
  fields: {
    target: {
      kind: "text",
      label: "Target",
      initial: targetText(weightsNamed("upright edges")),
      longest: 120,
      place: "figure",
    },
    pictures: {
      kind: "choice",
      label: "Pictures to learn from",
      initial: "digits",
      options: [
        { value: "digits", label: "digits" },
        { value: "noise", label: "noise" },
        { value: "stripes", label: "stripes" },
      ],
    },
    size: {
      kind: "choice",
      label: "Kernel to find",
      initial: "3",
      options: [
        { value: "3", label: "3 × 3" },
        { value: "5", label: "5 × 5" },
      ],
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.05, batchSize: 0 }),
  },
  trains: true,
  data: ({ target, pictures, size }, random) => {
    const x = learnPictures(pictures, random);
    return { x, y: answersTo(x, targetWeights(target), Number(size)) };
  },
  watch: () => ["W", "b", "z", "grad W"],
  describe: describeLearning,
  presets: [
    { label: "Upright edges", edit: learn("upright edges") },
    { label: "Blur", edit: learn("blur") },
    { label: "Emboss", edit: learn("emboss") },
    { label: "Edges, from stripes", edit: learn("upright edges", "stripes") },
    { label: "Edges, in 5 × 5", edit: learn("upright edges", "digits", "5") },
  ],
});

function learn(name: string, pictures = "digits", size = "3"): Edit {
  return { config: { target: targetText(weightsNamed(name)), pictures, size } };
}

/** The target as the kernel to be found would have to be: k × k weights, zeros around the nine. */
export function wantedKernel({ config }: Frame): number[] {
  const weights = targetWeights(config.target);
  const k = Number(config.size);
  const margin = (k - 3) / 2;
  return Array.from({ length: k * k }, (_, i) => {
    const [row, column] = [Math.floor(i / k) - margin, (i % k) - margin];
    const isInside = row >= 0 && row < 3 && column >= 0 && column < 3;
    return isInside ? (weights[3 * row + column] ?? 0) : 0;
  });
}

/** The largest distance of a weight from the one that is wanted. */
export function farthestWeight(frame: Frame): number {
  const { W } = frame.values;
  return Math.max(...wantedKernel(frame).map((wanted, i) => Math.abs(entry(W, i) - wanted)));
}

function describeLearning(frame: Frame): string {
  return `After ${frame.step} ${frame.step === 1 ? "step" : "steps"} the loss is ${numberText(frame.loss)}. The weight that is farthest from the target’s is ${numberText(farthestWeight(frame))} away.`;
}
