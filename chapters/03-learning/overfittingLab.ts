import { entry } from "../../src/data/ndarray.ts";
import { activationOptions } from "../../src/training/activationOptions.ts";
import { defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { curveRange, curveSets } from "./curveData.ts";

/** The loss on the examples kept apart, without the penalty. */
export const heldLoss = "L_data@held";

/** What its points depend on. */
export type OverfittingSettings = Parameters<typeof curveSets>[0];

const plain = {
  points: 12,
  noise: 0.3,
  width: 32,
  depth: 2,
  activation: "tanh",
  optimiser: "adam",
  learningRate: 0.01,
  batchSize: 0,
  weightDecay: 0,
  dropout: 0,
} as const;

export const overfittingLab = defineLab({
  id: "learning-overfitting",
  version: 1,
  title: "Few points, a big net",
  invitation: "Press Train and watch the points kept apart: at which step should it have stopped?",
  fields: {
    points: {
      kind: "number",
      label: "Points to learn from",
      initial: plain.points,
      min: 3,
      max: 200,
      integer: true,
      restarts: true,
    },
    noise: { kind: "number", label: "Noise", initial: plain.noise, min: 0, max: 1, restarts: true },
    width: {
      kind: "number",
      label: "Units a layer",
      initial: plain.width,
      min: 1,
      max: 64,
      integer: true,
    },
    weightDecay: {
      kind: "number",
      label: "Weight decay λ",
      initial: plain.weightDecay,
      min: 0,
      max: 0.1,
    },
    dropout: { kind: "number", label: "Dropout p", initial: plain.dropout, min: 0, max: 0.9 },
    depth: {
      kind: "number",
      label: "Hidden layers",
      initial: plain.depth,
      min: 1,
      max: 4,
      integer: true,
      place: "more",
    },
    activation: {
      kind: "choice",
      label: "Activation",
      initial: plain.activation,
      options: activationOptions("tanh", "relu", "gelu"),
      place: "more",
      restarts: true,
    },
    draw: {
      kind: "number",
      label: "Draw of the points",
      initial: 1,
      min: 1,
      max: 9999,
      integer: true,
      place: "more",
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: plain.learningRate, batchSize: 0 }),
  },
  trains: true,
  data: (config) => curveSets(config).train,
  probes: (config) => ({ held: curveSets(config).held, curve: { x: curveRange } }),
  watch: ({ depth, dropout }) => [
    "y_hat@curve",
    "L_data",
    heldLoss,
    "R",
    ...(dropout > 0 ? thinned(depth) : []),
  ],
  records: [heldLoss, "L_data"],
  describe: describeOverfitting,
  openingSteps: 20,
  presets: [
    { label: "A big net", edit: { config: plain } },
    { label: "Decay the weights", edit: { config: { ...plain, weightDecay: 0.01 } } },
    { label: "Drop units", edit: { config: { ...plain, dropout: 0.3 } } },
    { label: "A small net", edit: { config: { ...plain, width: 4 } } },
    { label: "More points", edit: { config: { ...plain, points: 100 } } },
  ],
});

/** The activations of each layer in the next training step, before and after units are left out. */
function thinned(depth: number): string[] {
  const layers = Array.from({ length: depth }, (_, i) => `layers.${i}`);
  return layers.flatMap((layer) => ["a", "mask", "a_tilde"].map((tap) => `${layer}.${tap}@batch`));
}

/** The step with the least loss on the points kept apart, of those on the training curve. */
export function bestStep({ curve }: Frame): { step: number; loss: number } | null {
  const losses = curve.others?.[heldLoss] ?? [];
  let best: { step: number; loss: number } | null = null;
  for (const [i, loss] of losses.entries()) {
    const step = curve.steps[i];
    if (step !== undefined && Number.isFinite(loss) && (!best || loss < best.loss)) {
      best = { step, loss };
    }
  }
  return best;
}

function describeOverfitting(frame: Frame): string {
  const train = entry(frame.values.L_data);
  const held = entry(frame.values[heldLoss]);
  const now = `After ${frame.step} steps the loss is ${numberText(train)} on the points it learns from and ${numberText(held)} on those kept apart`;
  const best = bestStep(frame);
  if (!best) return `${now}.`;
  const verdict =
    held > 1.1 * best.loss && frame.step > best.step
      ? `it was least, ${numberText(best.loss)}, at step ${best.step}, and since then the net has learnt the noise`
      : "so far it has not gone wrong";
  return `${now}; ${verdict}.`;
}
