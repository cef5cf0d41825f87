import { type Arrays, filled, type NDArray } from "../../src/data/ndarray.ts";
import type { OwnPictureSet } from "../../src/data/ownPictures.ts";
import { takeRows } from "../../src/training/batches.ts";
import {
  type Config,
  defineLab,
  type Edit,
  type Frame,
  trainingFields,
} from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import type { BottleneckMode } from "./bottleneckProgram.ts";
import { digits, emptyPictures, heldOutRows, pixels } from "./digits.ts";

/** How many of the pictures held out are on show. */
export const shownCount = 10;
/** The widest code. */
export const widest = 32;

/** The error on the pictures held out, which the curve records. */
export const heldError = "E@test";

const modes = [
  { value: "plain", label: "Narrow only" },
  { value: "linear", label: "Linear" },
  { value: "l1", label: "Sparse, L1" },
  { value: "kl", label: "Sparse, KL" },
  { value: "denoising", label: "Denoising" },
] as const;

/** Uniform numbers for the pictures on show, always the same: which of their pixels are left out. */
function shownNoise(): Arrays {
  const random = randomStream(1, "pixels left out");
  const u = filled([shownCount, pixels]);
  return { u: { ...u, data: u.data.map(() => random.uniform()) } };
}

/** Pictures as the lab's input: the first of those held out. */
export function shownPictures(data: Arrays): Arrays {
  const rows = heldOutRows(data).slice(0, shownCount);
  return takeRows(data, rows);
}

/** Has the lab learn from pictures of the reader's own, x [n, side, side], and show the first of those held out. */
export function ownPictures({ x, y }: Pick<OwnPictureSet, "x" | "y">): Edit {
  const data = { x, y: y ?? filled([x.shape[0] ?? 0]) };
  const input = shownPictures(data);
  if ((input.x?.shape[0] ?? 0) < shownCount) {
    throw new RangeError(
      `Fifty pictures or more are needed, ten to look at and the rest to learn; these are ${x.shape[0]}.`,
    );
  }
  // The noise of the pictures on show stays as it is.
  return { config: { source: "own" }, data, input };
}

/** The narrow code with which the lab opens. */
const plain = { mode: "plain", width: 8, share: 0, lambda: 0.3, rho: 0.05 } as const;

export const bottleneckLab = defineLab({
  id: "ae-bottleneck",
  version: 1,
  title: "Bottleneck",
  invitation:
    "Below each picture it stands once more, made again from a few numbers. Change how many, press Train, and see what is lost.",
  fields: {
    source: {
      kind: "choice",
      label: "Pictures",
      initial: "digits",
      options: [
        { value: "digits", label: "Stroke digits" },
        { value: "own", label: "Your own" },
      ],
      restarts: true,
      place: "figure",
    },
    mode: { kind: "choice", label: "Kind", initial: plain.mode, options: modes, restarts: true },
    width: {
      kind: "number",
      label: "Width of the code d",
      initial: plain.width,
      min: 1,
      max: widest,
      integer: true,
    },
    share: { kind: "number", label: "Pixels left out", initial: plain.share, min: 0, max: 0.8 },
    lambda: {
      kind: "number",
      label: "Penalty λ",
      initial: plain.lambda,
      min: 0,
      max: 10,
      place: "figure",
    },
    rho: {
      kind: "number",
      label: "Mean ρ",
      initial: plain.rho,
      min: 0.01,
      max: 0.9,
      place: "figure",
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.01, batchSize: 64 }),
  },
  trains: true,
  data: ({ source }) => (source === "digits" ? digits(1) : emptyPictures()),
  heldOut: (_config, data) => heldOutRows(data),
  scored: () => 256,
  input: ({ source }) => ({
    ...shownPictures(source === "digits" ? digits(1) : emptyPictures()),
    ...shownNoise(),
  }),
  watch: () => ["x_hat", "x_tilde", "h"],
  records: [heldError],
  describe: describeBottleneck,
  checkpoint: { steps: 600 },
  presets: [
    { label: "Two numbers", edit: { config: { ...plain, width: 2 } } },
    { label: "Eight", edit: { config: plain } },
    { label: "Linear", edit: { config: { ...plain, mode: "linear" } } },
    { label: "Sparse, L1", edit: { config: { ...plain, mode: "l1", width: 32, lambda: 0.3 } } },
    { label: "Sparse, KL", edit: { config: { ...plain, mode: "kl", width: 32, lambda: 3 } } },
    {
      label: "Denoising",
      edit: { config: { ...plain, mode: "denoising", width: 32, share: 0.5 } },
    },
  ],
});

/** The mean error of the pictures held out, as the curve has it for the present step. */
export function heldErrorNow({ curve, step }: Frame): number {
  const at = curve.steps.findLastIndex((recorded) => recorded <= step);
  return curve.others?.[heldError]?.[at] ?? Number.NaN;
}

export function modeOf(config: Config): BottleneckMode {
  return config.mode as BottleneckMode;
}

export function widthOf(config: Config): number {
  return Number(config.width);
}

/** A unit answers to a picture when it is above this share of the most that any unit says to any. */
const lit = 0.1;

/** How many units answer to a picture, on average, and how many answer to one at all. `h` is `[m, d]`. */
export function litUnits({ shape, data }: NDArray): {
  readonly mean: number;
  readonly ever: number;
} {
  const [m = 0, d = 0] = shape;
  const least = lit * data.reduce((most, value) => Math.max(most, value), 0);
  const times = Array.from({ length: d }, (_, unit) => {
    let count = 0;
    for (let row = 0; row < m; row++) if ((data[row * d + unit] as number) > least) count += 1;
    return count;
  });
  return {
    mean: times.reduce((sum, count) => sum + count, 0) / Math.max(1, m),
    ever: times.filter((count) => count > 0).length,
  };
}

/** The mean error of the pictures on show: of what the encoder is shown, and of what is made of it. */
export function shownErrors({ values, input }: Pick<Frame, "values" | "input">) {
  const { x } = input;
  const off = (made: NDArray | undefined) => {
    if (!x || made?.data.length !== x.data.length) return Number.NaN;
    const squares = made.data.reduce((sum, value, i) => sum + (value - (x.data[i] ?? 0)) ** 2, 0);
    return squares / (x.shape[0] ?? 1);
  };
  return { spoilt: off(values.x_tilde), made: off(values.x_hat) };
}

function describeBottleneck(frame: Frame): string {
  const { config, step } = frame;
  const width = widthOf(config);
  const when = step === 0 ? "" : ` after ${step} steps`;
  const numbers = width === 1 ? "1 number" : `${width} numbers`;
  const whole = `From ${numbers} a picture held out is made again with a mean error of ${numberText(heldErrorNow(frame))}${when}.`;
  const { h } = frame.values;
  const mode = modeOf(config);
  if ((mode === "l1" || mode === "kl") && h) {
    const { mean } = litUnits(h);
    return `${whole} Of ${width} units ${numberText(mean, 2)} answer to one of the pictures on show, on average.`;
  }
  if (Number(config.share) === 0) return whole;
  const { spoilt, made } = shownErrors(frame);
  return `${whole} Of those on show, with ${numberText(100 * Number(config.share), 2)} % of the pixels left out, the encoder is given an error of ${numberText(spoilt)}, and ${numberText(made)} is left of it.`;
}
