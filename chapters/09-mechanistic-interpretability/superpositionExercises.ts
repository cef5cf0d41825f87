import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { summaryOf } from "./superpositionLab.ts";
import { modelAt } from "./superpositionNumbers.ts";

/** So much of one feature may be read as another. */
const mostInterference = 0.1;

function checkFour(frame: Frame): Verdict {
  const m = Number(frame.config.m);
  const { kept, interference } = summaryOf(frame, 0);
  return {
    done: m === 2 && kept.length >= 4 && interference <= mostInterference,
    says: `${kept.length} features are kept in ${m} dimensions, with interference ${numberText(interference, 2)}.`,
  };
}

/** Of three features in a plane, each has about two thirds of a dimension. */
function checkTriangle(frame: Frame): Verdict {
  const { n, m } = frame.config;
  const shares = Array.from(modelAt(frame.values.D, 0).data);
  return {
    done: n === 3 && m === 2 && shares.every((share) => Math.abs(share - 2 / 3) <= 0.12),
    says: `${n} features in ${m} dimensions; each has to itself: ${shares.map((share) => numberText(share, 2)).join(", ")}.`,
  };
}

/** The exercises on superposition. */
export const superpositionExercises = {
  "four-in-two": {
    lab: "mi-superposition",
    check: checkFour,
    solution: [{ config: { n: 4, m: 2, p: 0.1 } }, { train: 400 }],
  },
  triangle: {
    lab: "mi-superposition",
    check: checkTriangle,
    solution: [{ config: { n: 3, m: 2, p: 0.7, decay: 1 } }, { train: 400 }],
  },
} satisfies Exercises;
