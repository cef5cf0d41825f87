import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { comparedPairs } from "./bigramsNumbers.ts";

/** So many numbers a word may have, and so many nats beyond the least a word may cost. */
const [mostNumbers, mostExcess] = [3, 0.05];

function checkFew(frame: Frame): Verdict {
  const d = Number(frame.config.d);
  const { excess } = comparedPairs(frame.values.W_EU);
  return {
    done: d <= mostNumbers && excess < mostExcess,
    says: `With ${d} numbers a word, a word costs ${numberText(excess, 2)} nats more than the least.`,
  };
}

/** The exercise on the model without layers. */
export const bigramsExercises = {
  "few-numbers": {
    lab: "mi-bigrams",
    check: checkFew,
    solution: [{ config: { d: mostNumbers } }, { train: 300 }],
  },
} satisfies Exercises;
