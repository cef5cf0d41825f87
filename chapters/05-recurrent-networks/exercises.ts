import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { gradientSizes, lengthOf, startWeights } from "./gradientLab.ts";
import { readableWords } from "./sentences.ts";
import { sequenceExercises } from "./sequenceExercises.ts";
import { agreementAt, heldSteps } from "./unrollLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** Whether the words read are these. */
function reads({ config }: Frame, sentence: string): boolean {
  return readableWords(String(config.sentence)).join(" ") === sentence;
}

function checkAgree(frame: Frame): Verdict {
  const sentence = "the cats near the dog";
  if (!reads(frame, sentence)) return notYet(`Let it read “${sentence}”.`);
  if (heldSteps(frame).length > 0) return notYet("Let go of the states that you hold.");
  const { plural } = agreementAt(frame.values.y, 5);
  return {
    done: plural > 0.97,
    says: `After ${frame.step} steps it gives “run” and “sleep” together ${numberText(plural)}.`,
  };
}

function checkMind(frame: Frame): Verdict {
  const sentence = "the dog near the cats";
  if (!reads(frame, sentence)) return notYet(`Let it read “${sentence}”.`);
  const { singular, plural } = agreementAt(frame.values.y, 5);
  const says = `After the last word it gives the verbs of one ${numberText(singular, 2)}, those of many ${numberText(plural, 2)}.`;
  const held = heldSteps(frame);
  if (held.length === 0) return notYet(`${says} No state is held by hand.`);
  if (held.some((step) => step > 2)) return notYet("Hold only states before “near”: h₀, h₁ or h₂.");
  return { done: plural > 0.6, says };
}

function checkAlive(frame: Frame): Verdict {
  const { g, steps, counted } = frame.config;
  if (Number(steps) < 20) return notYet(`${steps} steps: 20 at least are wanted.`);
  if (g !== "identity") return notYet("Without a curve, please: choose none.");
  if (counted !== "last" && counted !== String(steps)) {
    return notYet("Let only the loss of the last step count.");
  }
  const sizes = gradientSizes(frame);
  const [first = 0, last = 0] = [sizes[0], sizes.at(-1)];
  const ratio = first / last;
  return {
    done: ratio > 0.5 && ratio < 2,
    says: `At the first state the gradient is ${numberText(ratio)} times as long as at the last.`,
  };
}

function checkBlind(frame: Frame): Verdict {
  const { truncate, factor, steps } = frame.config;
  if (Number(steps) < 12) return notYet(`${steps} steps: 12 at least are wanted.`);
  if (Number(factor) < 0.5)
    return notYet("Leave the recurrent weights at half of their size, or more.");
  const blind = lengthOf(frame.values["grad W_x"]);
  const L = entry(frame.values.L);
  const says = `The loss is ${numberText(L)}; the gradient at Wₓ is ${numberText(blind)} long.`;
  return { done: blind === 0 && L > 0.1 && Number(truncate) > 0, says };
}

function checkTame(frame: Frame): Verdict {
  const { factor, g, steps, learningRate } = frame.config;
  if (Number(factor) < 1.4 || g !== "identity" || Number(steps) < 20) {
    return notYet("Choose “It explodes”, and leave its weights as they are.");
  }
  if (Number(learningRate) < 0.1) return notYet("Leave the learning rate at 0.1.");
  if (frame.step < 20) return notYet(`Step ${frame.step} of at least 20.`);
  return {
    done: frame.loss < 1,
    says: `After ${frame.step} steps the loss on all sequences is ${numberText(frame.loss)}.`,
  };
}

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  agree: {
    lab: "rnn-unroll",
    check: checkAgree,
    solution: [{ config: { sentence: "the cats near the dog", place: 5 } }, { train: 160 }],
  },
  mind: {
    lab: "rnn-unroll",
    check: checkMind,
    // What h₂ is after “the dogs”, to two digits.
    solution: [{ write: { "steps.2.h": [[-0.94, 0.94, 0.55, -0.5, -0.65, 0.62]] } }],
  },
  faint: sequenceExercises.faint,
  stranger: sequenceExercises.stranger,
  alive: {
    lab: "rnn-gradient",
    check: checkAlive,
    solution: [{ config: { g: "identity", steps: 20, factor: 1 } }],
  },
  blind: {
    lab: "rnn-gradient",
    check: checkBlind,
    solution: [{ config: { truncate: 4 } }],
  },
  tame: {
    lab: "rnn-gradient",
    check: checkTame,
    solution: [
      {
        config: { factor: 1.4, g: "identity", steps: 20, clipNorm: 1, learningRate: 0.1 },
        write: startWeights,
      },
      { train: 60 },
    ],
  },
  pairs: sequenceExercises.pairs,
} satisfies Exercises;
