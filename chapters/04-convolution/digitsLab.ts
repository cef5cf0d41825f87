import { entry, filled, type NDArray } from "../../src/data/ndarray.ts";
import { inkPicture, type Stroke } from "../../src/data/raster.ts";
import { digitStrokes, middlePen } from "../../src/data/strokeDigits.ts";
import { type Config, defineLab, type Frame, trainingFields } from "../../src/training/lab.ts";
import { numberText } from "../../src/viz/numberText.ts";
import {
  asInput,
  bookDigits,
  classCount,
  emptyPictures,
  heldOutRows,
  pictureAt,
  side,
} from "./digitsData.ts";

/** A letter. */
const zed: readonly Stroke[] = [
  [
    [0.25, 0.2],
    [0.75, 0.2],
    [0.25, 0.8],
    [0.75, 0.8],
  ],
];

/** No digit at all. */
const smile: readonly Stroke[] = [
  [[0.35, 0.3]],
  [[0.65, 0.3]],
  [
    [0.2, 0.58],
    [0.32, 0.74],
    [0.5, 0.8],
    [0.68, 0.74],
    [0.8, 0.58],
  ],
];

const inked = (strokes: readonly Stroke[]) => inkPicture(strokes, side, middlePen);

/** A digit that is held out: the one with which the lab opens. */
const openingRow = 7 * 8 - 1;

export const digitsLab = defineLab({
  id: "conv-digits",
  version: 1,
  title: "A small CNN",
  invitation: "Draw a digit. Then choose a feature map, and take it away.",
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
    pool: {
      kind: "choice",
      label: "Pooling 2 × 2",
      initial: "max",
      options: [
        { value: "max", label: "maximum" },
        { value: "average", label: "mean" },
        { value: "none", label: "none" },
      ],
      restarts: true,
    },
    ...trainingFields({ optimiser: "adam", learningRate: 0.005, batchSize: 32 }),
  },
  trains: true,
  data: ({ source }) => (source === "own" ? emptyPictures() : bookDigits()),
  heldOut: (_config, data) => heldOutRows(data),
  scored: () => 100,
  input: ({ source }) =>
    source === "own" ? asInput(filled([side, side])) : rowAsInput(bookDigits(), openingRow),
  watch: () => [
    ...[0, 1].flatMap((stage) => ["W", "b", "z", "a", "p", "keep"].map((q) => tapOf(stage, q))),
    "logits",
    "y_hat",
    "grad x",
  ],
  describe: describeDigits,
  checkpoint: { steps: 300 },
  presets: [
    { label: "A seven", edit: { input: asInput(inked(digitStrokes(7)), 7) } },
    { label: "A letter: Z", edit: { input: asInput(inked(zed)) } },
    { label: "A smile", edit: { input: asInput(inked(smile)) } },
    { label: "Blank paper", edit: { input: asInput(filled([side, side])) } },
  ],
});

/** What it believes of each picture that is held out: `[n, 10]`. */
export const heldOutBelief = "y_hat@test";

/** The symbol of a quantity of any stage. */
export function symbolOf(quantity: string): string {
  return `convs.0.${quantity}`;
}

/** The name of a quantity of a stage, counted from 0. */
export function tapOf(stage: number, quantity: string): string {
  return `convs.${stage}.${quantity}`;
}

/** An example of the data as the lab's input. */
export function rowAsInput(data: { readonly x?: NDArray; readonly y?: NDArray }, row: number) {
  return asInput(pictureAt(data.x, row), entry(data.y, row));
}

/** The place of the greatest number in a row of `[…, k]`. */
export function likeliest(beliefs: NDArray | undefined, row = 0): number {
  const k = beliefs?.shape.at(-1) ?? 1;
  const own = Array.from(beliefs?.data.subarray(row * k, (row + 1) * k) ?? []);
  return own.indexOf(Math.max(...own));
}

/** The class whose logit is asked about: the reader's choice, or the likeliest. */
export function askedClass({ input, values }: Frame): number {
  const asked = entry(input.asked);
  return asked >= 0 ? asked : Math.max(0, likeliest(values.y_hat));
}

/** How often each class is said of each, `[10][10]`: rows are what is true, columns what is said. */
export function confusion(beliefs: NDArray, truths: readonly number[]): number[][] {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const [row, truth] of truths.entries()) {
    const own = counts[truth];
    const said = likeliest(beliefs, row);
    if (own) own[said] = (own[said] ?? 0) + 1;
  }
  return counts;
}

/** What each picture that is held out shows. */
export function heldOutTruths({ data, heldOut }: Pick<Frame, "data" | "heldOut">): number[] {
  return heldOut.map((row) => entry(data.y, row));
}

/** The share of a confusion matrix that is on its diagonal. */
export function rightShare(counts: readonly (readonly number[])[]): number {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / all;
}

/** The maps that are not as computed, by stage and number, both from 0. */
export function heldMaps({ values }: Frame): (readonly [stage: number, map: number])[] {
  return [0, 1].flatMap((stage) =>
    Array.from(values[tapOf(stage, "keep")]?.data ?? []).flatMap((keep, map) =>
      keep === 1 ? [] : [[stage, map] as const],
    ),
  );
}

/** What a map is called: by the letter of its stage, and its number from 1. */
export function mapName(stage: number, map: number): string {
  return `${"AB"[stage]}${map + 1}`;
}

/** A share to a tenth of a percent. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return `${Math.round(1000 * share) / 10} %`;
}

/** Cells a side of a stage's maps, before pooling. */
export function mapSide({ pool }: Config, stage: number): number {
  return stage === 0 || pool === "none" ? side : side / 2;
}

function describeDigits(frame: Frame): string {
  const said = likeliest(frame.values.y_hat);
  const belief = entry(frame.values.y_hat, said);
  const held = heldMaps(frame).map(([stage, map]) => mapName(stage, map));
  const without = held.length === 0 ? "" : ` Held by hand: ${held.join(", ")}.`;
  return `It takes this for a ${said} and is ${percent(belief)} sure of it. Its loss on digits that it learns from is ${numberText(frame.loss)}.${without}`;
}
