import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { outOf, percent } from "./bracketsLab.ts";
import { cellName, kindsOf, saidAt, shownText } from "./bracketsText.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

const learnt = 0.98;
const spoilt = 0.8;

/** Why the net has not learnt its task yet; null once it has, whatever is done to it since. */
function unready({ curve, step }: Frame): Verdict | null {
  const best = Math.max(0, ...(curve.others?.["accuracy@held"] ?? []));
  if (best >= learnt) return null;
  return notYet(`First train: at step ${step} it has been right at ${percent(best)} at best.`);
}

function checkCounter(frame: Frame): Verdict {
  const verdict = unready(frame);
  if (verdict) return verdict;
  if (Number(frame.config.units) < 4) return notYet("With four cells at least, please.");
  const out = outOf(frame);
  if (out.length !== 1) return notYet("Hold one cell at zero, and only one.");
  const share = entry(frame.values["accuracy_closing@held"]);
  return {
    done: share < spoilt,
    says: `Without ${cellName(out[0] as number)} it is right at ${percent(share)} of the closing brackets.`,
  };
}

function checkFool(frame: Frame): Verdict {
  const verdict = unready(frame);
  if (verdict) return verdict;
  if (outOf(frame).length > 0) return notYet("Let every cell work: none held at zero.");
  const { closes, depth } = shownText(frame.input.x, kindsOf(String(frame.config.kinds)));
  const wrong = closes.findIndex((kind, place) => saidAt(frame.values.y_hat, place) !== kind);
  const deepest = Math.max(...depth);
  if (wrong < 0) return notYet(`This text goes ${deepest} deep, and every answer is right.`);
  return {
    done: true,
    says: `Its answer at character ${wrong + 1} is wrong; the text goes ${deepest} deep.`,
  };
}

/** The exercises on the LSTM that reads brackets. */
export const bracketsExercises = {
  counter: {
    lab: "lstm-brackets",
    check: checkCounter,
    solution: [{ train: 230 }, { write: { keep: [0, 1, 1, 1] } }],
  },
  fool: {
    lab: "lstm-brackets",
    check: checkFool,
    solution: [{ train: 230 }, { config: { text: `${"(".repeat(16)}${")".repeat(16)}(())` } }],
  },
} satisfies Exercises;
