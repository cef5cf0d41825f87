import type { Exercises, Verdict } from "../../src/book/exercise.ts";
import type { NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { heldErrorNow, modeOf, shownErrors, widthOf } from "./bottleneckLab.ts";
import { asInput, errorNow, errorsOf, oddPictures, thresholdOf } from "./oddLab.ts";
import { plainShape, shapeNames } from "./oddShapes.ts";
import { knownPrincipal } from "./principal.ts";
import { judged, thresholdFor } from "./roc.ts";

const notYet = (says: string): Verdict => ({ done: false, says });

/** How near to PCA's error is near enough. */
const near = 1.1;
const leastWidth = 4;

function checkLinear(frame: Frame): Verdict {
  if (modeOf(frame.config) !== "linear") return notYet("Choose the linear kind.");
  if (widthOf(frame.config) < leastWidth)
    return notYet(`A width of ${leastWidth} or more, please.`);
  const principal = knownPrincipal(frame);
  if (!principal) return notYet("The principal components are still being found.");
  const least = principal.errors[widthOf(frame.config)] ?? Number.NaN;
  const error = heldErrorNow(frame);
  return {
    done: error <= near * least,
    says: `Its error is ${numberText(error)}, PCA's ${numberText(least)}.`,
  };
}

function checkDenoise(frame: Frame): Verdict {
  if (Number(frame.config.share) < 0.5) return notYet("Leave out half of the pixels, or more.");
  const { spoilt, made } = shownErrors(frame);
  return {
    done: made <= (2 / 3) * spoilt,
    says: `Of an error of ${numberText(spoilt)} there is ${numberText(made)} left.`,
  };
}

function checkCatch(frame: Frame): Verdict {
  if (frame.config.odd !== "shapes")
    return notYet("With letters and shapes as the odd ones, please.");
  const { normal, odd } = errorsOf(frame);
  const { caught, falseAlarms } = judged(normal, odd, thresholdOf(frame.config));
  return {
    done: caught >= 0.9 && falseAlarms <= 0.03,
    says: `${numberText(100 * caught)} % are caught, with ${numberText(100 * falseAlarms)} % false alarms.`,
  };
}

/** Whether the picture is one of these. */
function isAmong(picture: NDArray | undefined, { shape, data }: NDArray): boolean {
  const size = data.length / (shape[0] ?? 1);
  if (picture?.data.length !== size) return false;
  return Array.from({ length: shape[0] ?? 0 }, (_, row) => row * size).some((from) =>
    picture.data.every((ink, i) => ink === data[from + i]),
  );
}

function checkPass(frame: Frame): Verdict {
  const { normal } = errorsOf(frame);
  const threshold = thresholdOf(frame.config);
  if (threshold > thresholdFor(normal, 0.05)) {
    return notYet("The threshold is so high that fewer than 5 % of the digits lie above it.");
  }
  const { x } = frame.input;
  const isOdd =
    shapeNames.some((name) => isAmong(x, asInput(plainShape(name)).x as NDArray)) ||
    isAmong(x, oddPictures(String(frame.config.odd)).x as NDArray);
  if (!isOdd) return notYet("The picture on show is none of the odd ones.");
  const error = errorNow(frame);
  return {
    done: error <= threshold,
    says: `Its error is ${numberText(error)}, the threshold ${numberText(threshold)}.`,
  };
}

/** The exercises on autoencoders without chance. */
export const aeExercises = {
  linear: {
    lab: "ae-bottleneck",
    check: checkLinear,
    solution: [{ config: { mode: "linear", width: 8 } }, { train: 100 }],
  },
  denoise: {
    lab: "ae-bottleneck",
    check: checkDenoise,
    solution: [{ config: { mode: "denoising", width: 32, share: 0.5 } }, { train: 100 }],
  },
  catch: {
    lab: "ae-odd",
    check: checkCatch,
    solution: [{ config: { threshold: 11.5 } }],
  },
  pass: {
    lab: "ae-odd",
    check: checkPass,
    solution: [{ input: asInput(plainShape("T")) }],
  },
} satisfies Exercises;
