import { type Arrays, type NDArray, sizeOf } from "../../src/data/ndarray.ts";
import { takeRows } from "../../src/training/batches.ts";
import { type Config, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { digits, heldOutRows, side } from "./digits.ts";
import { drawnShapes, plainShape } from "./oddShapes.ts";
import { areaUnder, judged, rocCurve } from "./roc.ts";

/** The end of the scale of errors. */
export const mostError = 40;

const options = [
  { value: "shapes", label: "letters and shapes" },
  ...Array.from({ length: 10 }, (_, digit) => ({
    value: String(digit),
    label: `the digit ${digit}`,
  })),
];

/** The pictures that are normal: all digits, or all but the one that is odd. */
export function normalPictures(odd: string): Arrays {
  return { x: rowsOf((y) => String(y) !== odd) };
}

/** The pictures that are odd, which training never sees. */
export function oddPictures(odd: string): Arrays {
  return odd === "shapes" ? drawnShapes() : { x: rowsOf((y) => String(y) === odd) };
}

function rowsOf(belongs: (digit: number) => boolean): NDArray {
  const all = digits(1);
  const rows = Array.from(all.y?.data ?? []).flatMap((y, row) => (belongs(y) ? [row] : []));
  return takeRows(all, rows).x as NDArray;
}

export const oddLab = defineLab({
  id: "ae-odd",
  version: 1,
  title: "Odd one out",
  invitation:
    "This autoencoder has only ever seen digits. Draw one, then draw something else, and watch the error.",
  fields: {
    odd: {
      kind: "choice",
      label: "Odd, and never shown in training",
      initial: "shapes",
      options,
      restarts: true,
    },
    width: {
      kind: "number",
      label: "Width of the code d",
      initial: 8,
      min: 1,
      max: 32,
      integer: true,
    },
    threshold: {
      kind: "number",
      label: "Threshold",
      initial: 9,
      min: 0,
      max: mostError,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 64 }),
  },
  trains: true,
  data: ({ odd }) => normalPictures(odd),
  heldOut: (_, data) => heldOutRows(data),
  scored: () => 256,
  input: () => asInput(plainShape("star")),
  probes: ({ odd }) => ({ odd: oddPictures(odd) }),
  watch: () => ["x_hat", "e", "e@test", "e@odd"],
  describe: describeOdd,
  checkpoint: { steps: 600 },
});

/** A picture as the lab's input. */
export function asInput({ data }: NDArray): Arrays {
  const shape = [1, side, side];
  if (data.length !== sizeOf(shape)) throw new RangeError(`Expected ${sizeOf(shape)} pixels.`);
  return { x: { shape, data } };
}

/** The errors of the pictures of either kind that training has not seen. */
export function errorsOf({ values }: Pick<Frame, "values">) {
  return { normal: values["e@test"]?.data ?? [], odd: values["e@odd"]?.data ?? [] };
}

/** The error of the picture on show. */
export function errorNow({ values }: Pick<Frame, "values">): number {
  return values.e?.data[0] ?? Number.NaN;
}

export function thresholdOf(config: Config): number {
  return Number(config.threshold);
}

const percent = (share: number): string => `${numberText(100 * share, 3)} %`;

function describeOdd(frame: Frame): string {
  const { normal, odd } = errorsOf(frame);
  const threshold = thresholdOf(frame.config);
  const { caught, falseAlarms } = judged(normal, odd, threshold);
  const area = areaUnder(rocCurve(normal, odd));
  const error = errorNow(frame);
  const verdict = error > threshold ? "above" : "below";
  return `The picture on show has error ${numberText(error)}, ${verdict} the threshold ${numberText(threshold)}. That catches ${percent(caught)} of the odd, with ${percent(falseAlarms)} false alarms; area under the ROC curve ${numberText(area)}.`;
}
