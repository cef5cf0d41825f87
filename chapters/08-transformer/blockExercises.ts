import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { losses, recordedNow, rights } from "./blockLab.ts";
import { tasks } from "./blockTask.ts";

/** The shares of right answers of the model that lacks a part, in the order of the tasks. */
function sharesWithout({ values }: Frame): readonly number[] {
  return Array.from(values[rights.without]?.data ?? []);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function sharesText(shares: readonly number[]): string {
  return tasks.map(({ label }, i) => `${label} ${percent(shares[i] ?? Number.NaN)}`).join(", ");
}

const notYet = (says: string): Verdict => ({ done: false, says });

/** A loss that looks splendid, and not one right answer. */
function checkCheat(frame: Frame): Verdict {
  const shares = sharesWithout(frame);
  if (frame.step === 0 || shares.length === 0) return notYet("Train the two models.");
  const loss = recordedNow(frame, losses.without);
  return {
    done: loss < 0.2 && shares.every((share) => share <= 0.05),
    says: `The second model’s loss is ${numberText(loss, 2)}. By itself it gets right: ${sharesText(shares)}.`,
  };
}

/** A model that sorts, and does not know what stood where. */
function checkBag(frame: Frame): Verdict {
  const shares = sharesWithout(frame);
  if (frame.step === 0 || shares.length === 0) return notYet("Train the two models.");
  const [back = 0, sort = 0] = shares;
  return {
    done: sort >= 0.2 && back <= 0.05,
    says: `By itself the second model gets right: ${sharesText(shares)}.`,
  };
}

/** The exercises on the block. */
export const blockExercises = {
  cheat: {
    lab: "tf-block",
    watch: [rights.without],
    check: checkCheat,
    solution: [{ config: { removed: "mask", layers: 1 } }, { train: 140 }],
  },
  bag: {
    lab: "tf-block",
    watch: [rights.without],
    check: checkBag,
    solution: [{ config: { removed: "positions", layers: 1 } }, { train: 150 }],
  },
} satisfies Exercises;
