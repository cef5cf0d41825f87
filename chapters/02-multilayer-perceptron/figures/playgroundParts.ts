import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { featuresOn, hiddenSizes, layerSizes } from "../network.ts";
import { layerName } from "../playgroundLab.ts";
import { subscript } from "../words.ts";

/** A weight or a bias of the network: row `unit` of the matrix of layer `layer`; no `from`: its bias. */
export interface Chosen {
  /** Which linear layer: 0 leads into the first hidden layer, or straight to the output. */
  readonly layer: number;
  readonly unit: number;
  readonly from?: number;
}

/** A column of the drawing: the inputs, a hidden layer, or the output. */
export interface Column {
  readonly kind: "input" | "hidden" | "output";
  readonly size: number;
  /** The tap that holds its units' values: `phi`, `layers.0.a`, `y_hat`. */
  readonly tap: string;
  readonly names: readonly string[];
}

/** The columns of the network, from left to right. */
export function columnsOf({ config }: Frame): Column[] {
  const sizes = layerSizes(config);
  const inputs: Column = {
    kind: "input",
    size: sizes[0] ?? 0,
    tap: "phi",
    names: featuresOn(config).map(({ label }) => label),
  };
  const hidden = hiddenSizes(config).map((size, i): Column => {
    const names = Array.from({ length: size }, (_, unit) => `unit ${unit + 1}`);
    return { kind: "hidden", size, tap: `${layerName(i)}.a`, names };
  });
  const outputs = sizes.at(-1) ?? 1;
  const names = Array.from({ length: outputs }, (_, unit) =>
    outputs === 1 ? "ŷ" : `ŷ${subscript(unit + 1)}`,
  );
  return [inputs, ...hidden, { kind: "output", size: outputs, tap: "y_hat", names }];
}

/** What a unit is called: "unit 2 of hidden layer 1". */
export function unitName(columns: readonly Column[], column: number, unit: number): string {
  const { kind, names } = columns[column] as Column;
  const name = names[unit] ?? "";
  if (kind === "input") return `input ${name}`;
  return kind === "hidden" ? `${name} of hidden layer ${column}` : `the output ${name}`;
}

/** What one unit says over a grid: column `unit` of `[places, units]`, or all of `[places]`. */
export function surfaceOf(values: NDArray | undefined, unit: number): Float32Array {
  if (!values) return new Float32Array();
  const k = values.shape[1] ?? 1;
  if (k === 1) return values.data;
  return Float32Array.from(
    { length: values.data.length / k },
    (_, at) => values.data[at * k + unit] ?? 0,
  );
}

/** The neutral value and the reach of a column's colours. */
export function scaleOf(frame: Frame, column: Column, values: ArrayLike<number>) {
  if (column.kind === "output") {
    return frame.config.task === "regression"
      ? { centre: 0, reach: 1 }
      : { centre: 0.5, reach: 0.5 };
  }
  return { centre: 0, reach: Math.max(1, extentOf(values).reach) };
}

/** The entry [row, column] of a matrix; NaN while it has not come. */
export function at(matrix: NDArray | undefined, row: number, column: number): number {
  return matrix?.data[row * (matrix.shape[1] ?? 1) + column] ?? Number.NaN;
}

/** The array with one entry changed. */
export function withEntry(array: NDArray, index: number, value: number): NDArray {
  return { shape: array.shape, data: array.data.with(index, value) };
}
