import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { estimateWatches } from "./trickLab.ts";
import { estimatesOf, roughly } from "./trickNumbers.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** A code that says less than so many nats is as good as silent. */
const forgotten = 0.05;

function checkCut({ config, curve }: Frame): Verdict {
  if (config.sampling !== "plain") return notYet("Let the model draw z plainly.");
  const KL = curve.others?.["KL@few"]?.at(-1) ?? Number.NaN;
  return {
    done: KL < forgotten,
    says: `The code says ${numberText(KL)} nats about a picture; less than ${forgotten} is wanted.`,
  };
}

const million = 1e6;

function checkManyDraws({ config, values }: Frame): Verdict {
  if (config.baseline) return notYet("Without the baseline, please.");
  const estimates = estimatesOf(values, 0, Number(config.d));
  if (!estimates) return notYet("The draws are still being taken.");
  return {
    done: estimates.ratio >= million,
    says: `For the first number of the code the score function needs about ${roughly(estimates.ratio)} draws for one of the trick’s.`,
  };
}

/** The exercises on drawing a code. */
export const trickExercises = {
  cut: {
    lab: "vae-trick",
    check: checkCut,
    solution: [{ config: { sampling: "plain" } }, { train: 60 }],
  },
  "many-draws": {
    lab: "vae-trick",
    watch: estimateWatches("2"),
    check: checkManyDraws,
    solution: [{ write: { log_var: [[-7, -7]] } }],
  },
} satisfies Exercises;
