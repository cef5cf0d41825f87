import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { regionSeen, type SlidingWindow } from "../../../src/data/windows.ts";
import type { Config, Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { side } from "../digitsData.ts";
import { mapName, mapSide, tapOf } from "../digitsLab.ts";

/** One number of a feature map; all from 0. */
export interface Unit {
  readonly stage: number;
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

const convolution: SlidingWindow = { kernel: 3, padding: 1 };
const pooling: SlidingWindow = { kernel: 2, stride: 2 };

/** The windows that lie between the picture and a stage's maps. */
function windowsTo(stage: number, { pool }: Config): SlidingWindow[] {
  if (stage === 0) return [convolution];
  return pool === "none" ? [convolution, convolution] : [convolution, pooling, convolution];
}

/** The unit, moved to where the maps of these settings end. */
export function within(config: Config, unit: Unit): Unit {
  const last = mapSide(config, unit.stage) - 1;
  return { ...unit, row: Math.min(unit.row, last), column: Math.min(unit.column, last) };
}

/** The part of the picture that a unit sees, as the place of an outline. */
export function unitField(config: Config, unit: Unit) {
  const { stage, row, column } = within(config, unit);
  const seen = regionSeen([row, column], windowsTo(stage, config), side);
  return {
    row: seen.top,
    column: seen.left,
    rows: seen.bottom - seen.top,
    columns: seen.right - seen.left,
  };
}

/** The number of a unit in a quantity of its stage: `[1, h, w, c]`. */
export function unitValue({ values, config }: Frame, unit: Unit, quantity: string): number {
  const { stage, map, row, column } = within(config, unit);
  const array = values[tapOf(stage, quantity)];
  const [, , columns = 0, maps = 0] = array?.shape ?? [];
  return entry(array, (row * columns + column) * maps + map);
}

export function unitAsText(frame: Frame, unit: Unit): string {
  const { stage, map, row, column } = within(frame.config, unit);
  const { rows, columns } = unitField(frame.config, unit);
  const value = numberText(unitValue(frame, unit, "a"));
  return `Map ${mapName(stage, map)}, row ${row + 1}, column ${column + 1}: ${value}. It sees ${rows} × ${columns} pixels, those in the frame.`;
}

/** The maps of a stage one after the other, `[c, h, w]`, from the tap's `[1, h, w, c]`. */
export function mapsOf(array: NDArray | undefined): NDArray {
  const [, h = 1, w = 1, c = 1] = array?.shape ?? [];
  const data = new Float32Array(c * h * w);
  for (let map = 0; map < c; map++) {
    for (let i = 0; i < h * w; i++) data[map * h * w + i] = array?.data[i * c + map] ?? 0;
  }
  return { shape: [c, h, w], data };
}

/** One of `[n, h, w]`. */
export function oneOf({ shape, data }: NDArray, index: number): NDArray {
  const [, h = 1, w = 1] = shape;
  return { shape: [h, w], data: data.slice(index * h * w, (index + 1) * h * w) };
}

/** The kernels of a stage, one sheet for each map: those of its channels side by side, two rows of them where there are many. */
export function kernelSheets(W: NDArray | undefined): NDArray {
  const [maps = 1, channels = 1, k = 1] = W?.shape ?? [];
  const across = channels === 1 ? 1 : Math.ceil(channels / 2);
  const rows = channels === 1 ? 1 : 2;
  // Beside a single kernel there is as much room as the sheets of the other stage take.
  const edge = channels === 1 ? k : 0;
  const [h, w] = [rows * (k + 1) - 1, across * (k + 1) - 1 + 2 * edge];
  const data = new Float32Array(maps * h * w).fill(Number.NaN);
  for (let i = 0; i < (W?.data.length ?? 0); i++) {
    const [map, channel] = [Math.floor(i / (channels * k * k)), Math.floor(i / (k * k)) % channels];
    const row = Math.floor(channel / across) * (k + 1) + (Math.floor(i / k) % k);
    const column = (channel % across) * (k + 1) + (i % k) + edge;
    data[(map * h + row) * w + column] = W?.data[i] ?? 0;
  }
  return { shape: [maps, h, w], data };
}
