import type { NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";
import { type Twin, twins } from "./inductionTask.ts";
import { repeatSizes } from "./repeats.ts";

const { T, heads } = repeatSizes;

/** A head by its layer and its number in it, both from 1. */
export interface Head {
  readonly layer: number;
  readonly head: number;
}

const headNumbers = Array.from({ length: heads }, (_, i) => i + 1);
const ofLayer = (layer: number): readonly Head[] => headNumbers.map((head) => ({ layer, head }));

/** The heads of each model. */
export const headsOf: Readonly<Record<Twin, readonly Head[]>> = {
  two: [...ofLayer(1), ...ofLayer(2)],
  one: ofLayer(1),
};

/** The places of a sequence, from 1. */
export const places: readonly number[] = Array.from({ length: T }, (_, t) => t + 1);

/** A number that the examined sequences give, by the program's tap, as the curve records it. */
export const recorded = (twin: Twin, what: string): string => `${twin}.${what}@examined`;

const headTaps = (kind: string, twin: Twin): string[] =>
  headsOf[twin].map(({ layer, head }) => `${kind}.${layer}.${head}`);

/** All that the curve records. */
export const recordedNames: readonly string[] = twins.flatMap((twin) =>
  [
    ...["L", "L_known", "icl"],
    ...places.map((t) => `at.${t}`),
    ...headTaps("previous", twin),
    ...headTaps("induction", twin),
  ].map((what) => recorded(twin, what)),
);

type Curves = Pick<Frame, "curve" | "step">;

/** What the curve has on record for the present step, or the last one before it. */
export function now({ curve, step }: Curves, twin: Twin, what: string): number {
  const at = curve.steps.findLastIndex((then) => then <= step);
  return curve.others?.[recorded(twin, what)]?.[at] ?? Number.NaN;
}

/** All that the curve has on record of a number, a value for each of its steps. */
export function history({ curve }: Curves, twin: Twin, what: string): readonly number[] {
  return curve.others?.[recorded(twin, what)] ?? [];
}

/** The greatest of a score among these heads, at each step on record. */
export function greatest(
  frame: Curves,
  twin: Twin,
  kind: "previous" | "induction",
  layer: number,
): readonly number[] {
  const all = ofLayer(layer).map(({ head }) => history(frame, twin, `${kind}.${layer}.${head}`));
  return frame.curve.steps.map((_, i) => Math.max(...all.map((one) => one[i] ?? Number.NaN)));
}

/**
 * When the induction heads formed: the steps between which the score went from a quarter to three quarters
 * of its greatest so far; null before it has come to a half of all attention.
 */
export function formation(
  steps: readonly number[],
  score: readonly number[],
): { readonly from: number; readonly to: number } | null {
  const most = Math.max(...score);
  if (!(most >= 0.5)) return null;
  const reached = (share: number) => steps[score.findIndex((one) => one >= share * most)] ?? 0;
  return { from: reached(0.25), to: reached(0.75) };
}

/** The attention of a head, `[n, n]`, out of `[…, h, n, n]` with the layers stacked before. */
export function patternOf({ shape, data }: NDArray, { layer, head }: Head): NDArray {
  const n = shape.at(-1) ?? 1;
  const start = ((layer - 1) * heads + head - 1) * n * n;
  return { shape: [n, n], data: data.slice(start, start + n * n) };
}

/** One matrix out of a stack. */
export function matrixAt({ shape, data }: NDArray, index: number): NDArray {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const start = index * rows * columns;
  return { shape: [rows, columns], data: data.slice(start, start + rows * columns) };
}

/** The tap by which the heads of a layer, from 1, of the two-layer model are taken out. */
export const gateOf = (layer: number): string => `two.blocks.${layer - 1}.attn.gate`;

/** In how many rows of a square matrix the greatest number is on the diagonal. */
export function onDiagonal({ shape, data }: NDArray): number {
  const n = shape.at(-1) ?? 0;
  return Array.from({ length: n }, (_, i) => data.subarray(i * n, (i + 1) * n)).filter(
    (row, i) => row[i] === Math.max(...row),
  ).length;
}
