import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { arrival, goal, percent, shareNow } from "./raceLab.ts";
import { leftAfter } from "./raceNumbers.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

const far = 40;
const soon = 150;

function checkRemember(frame: Frame): Verdict {
  if (Number(frame.config.length) < far) return notYet(`Make the length ${far}, or more.`);
  const step = arrival(frame, "lstm");
  if (step === null) {
    return notYet(
      `After ${frame.step} steps the LSTM is right at ${percent(shareNow(frame, "lstm"))}: ${percent(goal)} are wanted.`,
    );
  }
  return {
    done: step <= soon,
    says: `The LSTM came to ${percent(goal)} at step ${step}; ${soon} are allowed.`,
  };
}

const lost = 1e-6;
const tried = 60;

function checkForget(frame: Frame): Verdict {
  const { gateStart, forgetBias, length } = frame.config;
  if (Number(length) > 20) return notYet("With T = 20 at most, please.");
  const left = leftAfter(Number(forgetBias), Number(length) - 1);
  if (gateStart !== "number" || left > lost) {
    return notYet("Choose one bias for all units, so low that less than a millionth is left.");
  }
  if (frame.step < tried) return notYet(`Step ${frame.step} of ${tried}.`);
  const share = shareNow(frame, "lstm");
  return {
    done: share < 0.4,
    says: `After ${frame.step} steps the LSTM is right at ${percent(share)}.`,
  };
}

/** The exercises of the memory race. */
export const raceExercises = {
  remember: {
    lab: "lstm-race",
    check: checkRemember,
    solution: [{ config: { length: far, gateStart: "chrono" } }, { train: 100 }],
  },
  forget: {
    lab: "lstm-race",
    check: checkForget,
    solution: [{ config: { length: 20, gateStart: "number", forgetBias: -0.5 } }, { train: tried }],
  },
} satisfies Exercises;
