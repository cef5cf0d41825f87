import type { NDArray } from "../../src/data/ndarray.ts";
import { entry } from "../../src/data/ndarray.ts";
import {
  type Cell,
  cellsSeen,
  convolutionCount,
  outputSize,
  type SlidingWindow,
} from "../../src/data/windows.ts";
import { type Config, defineLab, type Edit, type Frame } from "../../src/training/lab.ts";
import { countText } from "../../src/viz/numberText.ts";
import { plainText } from "./plainText.ts";
import { digitCells, firstPicture, side } from "./windowPicture.ts";

export const mostChannels = 3;
export const mostMaps = 4;

const whole = { kind: "number", integer: true, place: "figure" } as const;

const plain = {
  operation: "convolution",
  kernel: 3,
  stride: 1,
  padding: 0,
  dilation: 1,
  c_in: 1,
  c_out: 1,
  row: 4,
  column: 1,
} as const;

export const windowLab = defineLab({
  id: "conv-window",
  version: 1,
  title: "The sliding window",
  invitation: "Move the window over the picture, and follow the sum. Then change a weight.",
  fields: {
    operation: {
      kind: "choice",
      label: "The window computes",
      initial: "convolution",
      options: [
        { value: "convolution", label: "a weighted sum" },
        { value: "max", label: "the greatest" },
        { value: "average", label: "the mean" },
      ],
      place: "figure",
    },
    kernel: { ...whole, label: "Kernel size k", initial: 3, min: 1, max: 5 },
    stride: { ...whole, label: "Stride s", initial: 1, min: 1, max: 4 },
    padding: { ...whole, label: "Padding P", initial: 0, min: 0, max: 4 },
    dilation: { ...whole, label: "Dilation d", initial: 1, min: 1, max: 2 },
    c_in: { ...whole, label: "Channels in", initial: 1, min: 1, max: mostChannels },
    c_out: { ...whole, label: "Maps out", initial: 1, min: 1, max: mostMaps },
    pool: { ...whole, label: "Window size k", initial: 2, min: 1, max: 6 },
    poolStride: { ...whole, label: "Stride s", initial: 2, min: 1, max: 6 },
    row: { ...whole, label: "Row of the output", initial: plain.row, min: 0, max: side + 8 },
    column: {
      ...whole,
      label: "Column of the output",
      initial: plain.column,
      min: 0,
      max: side + 8,
    },
  },
  trains: false,
  data: ({ c_in }) => {
    const { shape, data } = firstPicture(c_in);
    return { x: { shape: [1, ...shape], data } };
  },
  watch: ({ operation }) => ["W", "b", operation === "convolution" ? "z" : "p"],
  describe: describeWindow,
  presets: [
    { label: "A weighted sum", edit: at({}) },
    { label: "Stride 2", edit: at({ stride: 2, row: 2, column: 1 }) },
    { label: "Padding 1", edit: at({ padding: 1, row: 0, column: 4 }) },
    { label: "Dilation 2", edit: at({ dilation: 2, row: 3, column: 1 }) },
    { label: "Three channels, two maps", edit: at({ c_in: 3, c_out: 2, row: 1, column: 2 }) },
    { label: "Max pooling", edit: at({ operation: "max", pool: 2, poolStride: 2, row: 3 }) },
  ],
});

function at(change: Partial<Config>): Edit {
  const config = { ...plain, ...change };
  return { config, ...(config.c_in === 1 && { input: { x: digitCells(4) } }) };
}

export type Operation = "convolution" | "max" | "average";

export function operationOf({ operation }: Config): Operation {
  return operation === "max" || operation === "average" ? operation : "convolution";
}

/** The window of the operation on show. */
export function windowOf(config: Config): SlidingWindow {
  const { kernel, stride, padding, dilation, pool, poolStride } = config as Record<string, number>;
  return operationOf(config) === "convolution"
    ? { kernel: kernel ?? 1, stride: stride ?? 1, padding: padding ?? 0, dilation: dilation ?? 1 }
    : { kernel: pool ?? 1, stride: poolStride ?? 1 };
}

/** Rows, and columns, of what comes out. */
export function outputSide(config: Config): number {
  return outputSize(side, windowOf(config));
}

/** The output's cell on show. */
export function placeOf({ config }: Frame): Cell {
  const last = outputSide(config) - 1;
  return [Math.min(Number(config.row), last), Math.min(Number(config.column), last)];
}

/** What comes out: `[1, h′, w′, c]`. */
export function outputOf({ config, values }: Frame): NDArray | undefined {
  return operationOf(config) === "convolution" ? values.z : values.p;
}

/** The output's number at a place, in one of its maps. */
export function outputAt(frame: Frame, [row, column]: Cell, map: number): number {
  const output = outputOf(frame);
  const [, , columns = 0, maps = 0] = output?.shape ?? [];
  return entry(output, (row * columns + column) * maps + map);
}

/** What the window sees of one channel at a place, row by row: zero in the padding. */
export function seenAt(frame: Frame, place: Cell, channel: number): number[] {
  const x = frame.input.x;
  const channels = x?.shape.at(-1) ?? 1;
  return cellsSeen(place, windowOf(frame.config)).map(([row, column]) => {
    const isInside = row >= 0 && row < side && column >= 0 && column < side;
    return isInside ? entry(x, (row * side + column) * channels + channel) : 0;
  });
}

/** How many numbers the operation on show has to learn. */
export function learntNumbers(config: Config): number {
  const { kernel, c_in, c_out } = config as Record<string, number>;
  if (operationOf(config) !== "convolution") return 0;
  return convolutionCount(kernel ?? 1, c_in ?? 1, c_out ?? 1);
}

function describeWindow(frame: Frame): string {
  const { config } = frame;
  const [row, column] = placeOf(frame);
  const size = outputSide(config);
  const isConvolution = operationOf(config) === "convolution";
  const maps = isConvolution ? Number(config.c_out) : Number(config.c_in);
  const count = learntNumbers(config);
  const learnt =
    count === 0
      ? "There is nothing to learn"
      : `There are ${countText(count)} numbers to learn, the same at every place`;
  return `In row ${row + 1}, column ${column + 1} comes out ${plainText(outputAt(frame, [row, column], 0))}. ${side} × ${side} × ${config.c_in} cells go in, ${size} × ${size} × ${maps} come out. ${learnt}.`;
}
