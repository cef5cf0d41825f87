import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { logitAndSum, lookedAt, type StreamConfig, writesAt } from "./streamLab.ts";

/** Coordinates turned by at least so much, and the model as good as before. */
const [least, same] = [90, 0.001];

function checkTurned(frame: Frame): Verdict {
  const { turn, hidden } = frame.config as StreamConfig;
  const change = entry(frame.values.change, 0);
  const right = entry(frame.values["right@held"], 0);
  return {
    done: hidden >= least && change > same && right < 0.8,
    says: `The stream is turned by ${turn}°, the hidden layers by ${hidden}°; a logit changed by at most ${numberText(change, 2)}, and ${Math.round(100 * right)} % are right.`,
  };
}

function checkBackwards(frame: Frame): Verdict {
  const { t } = lookedAt(frame);
  const erasers = writesAt(frame).filter(({ along }) => along < -0.3);
  const { logit } = logitAndSum(frame);
  return {
    done: erasers.length > 0,
    says:
      erasers.length > 0
        ? `At place ${t + 1} ${erasers.map(({ part }) => part).join(" and ")} writes against the stream.`
        : `At place ${t + 1} nothing writes against the stream (logit ${numberText(logit, 3)}).`,
  };
}

/** The exercises on the residual stream. */
export const streamExercises = {
  "privileged-basis": {
    lab: "mi-stream",
    check: checkTurned,
    solution: [{ config: { turn: 90, hidden: 180 } }],
  },
  eraser: {
    lab: "mi-stream",
    check: checkBackwards,
    solution: [{ config: { place: 1 } }],
  },
} satisfies Exercises;
