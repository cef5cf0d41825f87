import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { letterOf } from "./repeats.ts";
import { logitAndSum, lookedAt, type StreamConfig, writesAt } from "./streamLab.ts";
import { partText } from "./streamParts.ts";

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

/** One part writes at least this share of the likeliest letter's logit. */
const most = 0.9;

function checkOneVoice(frame: Frame): Verdict {
  const { t, letter, likeliest } = lookedAt(frame);
  const { logit } = logitAndSum(frame);
  const [first] = writesAt(frame).toSorted((a, b) => b.contribution - a.contribution);
  const share = (first?.contribution ?? Number.NaN) / logit;
  return {
    done: letter === likeliest && logit > 0 && share >= most && share <= 1,
    says: `At place ${t + 1} ${partText(first?.part ?? "letter")} writes ${numberText(100 * share, 2)} % of the logit of ${letterOf(letter)}${letter === likeliest ? "" : ", which is not the likeliest letter"}.`,
  };
}

/** The exercises on the residual stream. */
export const streamExercises = {
  "privileged-basis": {
    lab: "mi-stream",
    check: checkTurned,
    solution: [{ config: { turn: 90, hidden: 180 } }],
  },
  "one-voice": {
    lab: "mi-stream",
    check: checkOneVoice,
    solution: [{ config: { place: 11 } }],
  },
} satisfies Exercises;
