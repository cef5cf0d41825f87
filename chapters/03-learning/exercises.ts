import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry, type NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { runners } from "./descentLab.ts";
import { mapOf } from "./surfaceMaps.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

function startDistance({ config }: Frame): number {
  return Math.hypot(Number(config.startX), Number(config.startY));
}

function checkLeap(frame: Frame): Verdict {
  if (frame.config.surface !== "bowl") return notYet("Choose the surface “Bowl”.");
  if (startDistance(frame) < 1) return notYet("Start at least 1 away from the bottom.");
  if (frame.step === 0) return notYet("All four stand at the start. Now take one step.");
  if (frame.step > 1) return notYet(`That is step ${frame.step}. Start over, and take one step.`);
  const J = entry(frame.values.J);
  return { done: J < 1e-6, says: `After one step SGD stands at the height ${numberText(J)}.` };
}

function checkValley(frame: Frame): Verdict {
  const { config, step } = frame;
  const isStart = config.startX === -4 && config.startY === 2;
  if (config.surface !== "valley" || !isStart) {
    return notYet("Choose “A long valley”, with the start at (−4, 2).");
  }
  const J = entry(frame.values.J);
  if (step > 100) return notYet(`That is step ${step}. Start over: 100 steps at most.`);
  return {
    done: J < 0.01,
    says: `After ${step} steps SGD stands at the height ${numberText(J)}.`,
  };
}

function checkHoles(frame: Frame): Verdict {
  if (frame.config.surface !== "himmelblau") return notYet("Choose Himmelblau’s four holes.");
  const { minima } = mapOf("himmelblau", "");
  const hole = (name: string) => {
    const [x, y] = [entry(frame.values[`theta.${name}`]), entry(frame.values[`theta.${name}`], 1)];
    return minima.findIndex(([a, b]) => Math.hypot(x - a, y - b) < 0.5);
  };
  const holes = runners.map(({ name }) => hole(name));
  const arrived = runners.filter((_, i) => entry(frame.values.J, i) < 0.01);
  const count = new Set(holes).size;
  if (arrived.length < runners.length) {
    return notYet(`${arrived.length} of 4 have arrived at the bottom of a hole.`);
  }
  return {
    done: count > 1,
    says: count > 1 ? `They ended in ${count} different holes.` : "All four ended in one hole.",
  };
}

function checkStuck(frame: Frame): Verdict {
  const gradient = Math.abs(entry(frame.values["grad w_11"]));
  const error = Math.abs(entry(frame.values.y_hat) - entry(frame.values.y));
  const says = `The error is ${numberText(error)} in size, the gradient at w₁₁ ${numberText(gradient)}.`;
  if (Math.abs(entry(frame.values.v_1)) < 1e-3) return notYet("The weight v₁ must not be zero.");
  if (Math.abs(entry(frame.values.x_1)) < 1e-3) return notYet("The input x₁ must not be zero.");
  return { done: gradient < 1e-4 && error > 0.5, says };
}

function checkTeach(frame: Frame): Verdict {
  if (frame.step === 0) return notYet(`The loss is ${numberText(frame.loss)}. Now train.`);
  return {
    done: frame.loss < 0.01,
    says: `The loss is ${numberText(frame.loss)} after ${frame.step} steps.`,
  };
}

/** The root mean square of an array: the size of a signal. */
function sizeOfSignal(array: NDArray | undefined): number {
  const data = array?.data ?? new Float32Array();
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
}

function checkDeep(frame: Frame): Verdict {
  const { depth, activation, norm } = frame.config;
  if (activation !== "relu") return notYet("Choose ReLU.");
  if (norm !== "none") return notYet("Without normalisation, please.");
  if (Number(depth) < 20) return notYet(`${depth} hidden layers: 20 are wanted.`);
  const first = sizeOfSignal(frame.values["layers.0.a"]);
  const last = sizeOfSignal(frame.values[`layers.${Number(depth) - 1}.a`]);
  return {
    done: last > first / 10 && last < first * 10,
    says: `The signal has the size ${numberText(first)} in the first layer and ${numberText(last)} in the last.`,
  };
}

const wanted = 0.15;
const longEnough = 400;

function checkKeep(frame: Frame): Verdict {
  const { points, width } = frame.config;
  if (Number(points) !== 12 || Number(width) < 32) {
    return notYet("With 12 points and 32 units a layer, please.");
  }
  if (frame.step < longEnough) return notYet(`Step ${frame.step} of ${longEnough}.`);
  const held = entry(frame.values["L_data@held"]);
  return {
    done: held < wanted,
    says: `After ${frame.step} steps the loss on the points kept apart is ${numberText(held)}.`,
  };
}

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  leap: {
    lab: "learning-descent",
    check: checkLeap,
    solution: [{ config: { surface: "bowl", startX: -3, startY: 2, rateSgd: 1 } }, { train: 1 }],
  },
  valley: {
    lab: "learning-descent",
    check: checkValley,
    solution: [
      { config: { surface: "bowl" } },
      { config: { surface: "valley", startX: -4, startY: 2, rateSgd: 0.037 } },
      { train: 100 },
    ],
  },
  holes: {
    lab: "learning-descent",
    check: checkHoles,
    solution: [
      {
        config: {
          surface: "himmelblau",
          startX: 0,
          startY: 0,
          rateSgd: 0.01,
          rateMomentum: 0.01,
          rateRmsprop: 0.1,
          rateAdam: 0.3,
        },
      },
      { train: 200 },
    ],
  },
  stuck: {
    lab: "learning-backprop",
    check: checkStuck,
    solution: [{ write: { b_1: -8 } }],
  },
  teach: {
    lab: "learning-backprop",
    check: checkTeach,
    solution: [{ config: { learningRate: 2 } }, { train: 300 }],
  },
  deep: {
    lab: "learning-signals",
    check: checkDeep,
    solution: [{ config: { initialiser: "he", activation: "relu", depth: 20, norm: "none" } }],
  },
  keep: {
    lab: "learning-overfitting",
    check: checkKeep,
    solution: [{ config: { points: 12, width: 32, weightDecay: 0.01 } }, { train: longEnough }],
  },
} satisfies Exercises;
