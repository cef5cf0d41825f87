import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import { entry } from "../../src/data/ndarray.ts";
import { inkPicture, type Stroke } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";
import type { Frame } from "../../src/training/lab.ts";
import { asInput, side } from "./digitsData.ts";
import {
  confusion,
  heldMaps,
  heldOutBelief,
  heldOutTruths,
  likeliest,
  percent,
  rightShare,
} from "./digitsLab.ts";

const notYet = (says: string): Verdict => ({ done: false, says });
const inked = (strokes: readonly Stroke[]) => inkPicture(strokes, side, middlePen);

/** Why the network is not one that can read, as it should be; null if it is. */
function cannotRead(frame: Frame): Verdict | null {
  if (frame.config.source !== "digits") return notYet("With the stroke digits, please.");
  if (!(frame.loss < 0.2)) {
    return notYet("First it should read the digits that it learns from: train it.");
  }
  return heldMaps(frame).length > 0 ? notYet("First let all maps go.") : null;
}

/** The most ink that may be missing in a pixel of the seven. */
const tolerance = 0.02;
/** A picture with so little ink is blank. */
const someInk = 8;

function checkUnsure(frame: Frame): Verdict {
  const verdict = cannotRead(frame);
  if (verdict) return verdict;
  const ink = frame.input.x?.data.reduce((sum, value) => sum + value, 0) ?? 0;
  if (ink < someInk) return notYet("Draw something.");
  const said = likeliest(frame.values.y_hat);
  const belief = entry(frame.values.y_hat, said);
  return {
    done: belief < 0.5,
    says: `It takes this for a ${said} and is ${percent(belief)} sure of it.`,
  };
}

/** A line on which the seven stands. */
const line: Stroke = [
  [0.3, 0.85],
  [0.74, 0.85],
];
const seven = inked(digitStrokes(7)).data;

function checkAdded(frame: Frame): Verdict {
  const verdict = cannotRead(frame);
  if (verdict) return verdict;
  const x = frame.input.x?.data;
  if (!x || seven.some((ink, i) => (x[i] ?? 0) < ink - tolerance)) {
    return notYet("Begin with the 7 of the pad, and stay within its height and its width.");
  }
  const said = likeliest(frame.values.y_hat);
  const belief = entry(frame.values.y_hat, said);
  return {
    done: said !== 7 && belief >= 0.9,
    says: `It takes this for a ${said} and is ${percent(belief)} sure of it.`,
  };
}

const mostHeld = 3;

function checkFew(frame: Frame): Verdict {
  if (frame.config.source !== "digits") return notYet("With the stroke digits, please.");
  if (frame.written.length > 0 || frame.step > 0) {
    return notYet("With the network as it was trained beforehand: press “As trained”.");
  }
  const held = heldMaps(frame);
  const belief = frame.values[heldOutBelief];
  const truths = heldOutTruths(frame);
  if (belief?.shape[0] !== truths.length) return notYet("Looking at the held-out pictures.");
  const share = rightShare(confusion(belief, truths));
  const count = `${held.length} ${held.length === 1 ? "map is" : "maps are"} held`;
  return {
    done: held.length > 0 && held.length <= mostHeld && share < 0.5,
    says: `${count}; of the held-out digits it names ${percent(share)} rightly.`,
  };
}

/** The exercises on the small CNN. */
export const digitsExercises = {
  unsure: {
    lab: "conv-digits",
    check: checkUnsure,
    solution: [{ input: asInput(inked([...digitStrokes(2), ...digitStrokes(5)])) }],
  },
  added: {
    lab: "conv-digits",
    check: checkAdded,
    solution: [{ input: asInput(inked([...digitStrokes(7), line])) }],
  },
  few: {
    lab: "conv-digits",
    watch: [heldOutBelief],
    check: checkFew,
    solution: [{ write: { "convs.0.keep": [0, 0, 1, 1, 0, 1, 1, 1] } }],
  },
} satisfies Exercises;
