import { irisClasses, irisColumns, irisRows, irisSpecies } from "../../src/data/iris.ts";
import { type Arrays, entry, filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import {
  type ColumnScale,
  columnScales,
  inUnits,
  type Split,
  standardised,
  stratifiedSplit,
} from "../../src/data/split.ts";
import type { Config } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";
import { numberText } from "../../src/viz/numberText.ts";
import { rounded } from "../../src/viz/scale.ts";

/** The share of the rows that the network does not learn from. */
export const heldOutShare = 1 / 3;

/** A column, with what the training rows say of it. */
export interface Measured extends ColumnScale {
  readonly name: string;
  /** The least and the greatest value, of all rows. */
  readonly low: number;
  readonly high: number;
}

/** What the numbers of the lab mean. */
export interface Meaning {
  readonly columns: readonly Measured[];
  readonly classes: readonly string[];
  /** "cm", or nothing. */
  readonly unit: string;
  /** What a row is: "flower". */
  readonly one: string;
  readonly many: string;
}

/** Rows in their own units, each with the number of its class. */
export interface Rows {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}

/** What the lab is given of some rows. */
export interface Parts {
  readonly training: Arrays;
  readonly heldOut: Arrays;
  readonly columns: readonly Measured[];
}

interface SplitConfig {
  /** Which of all the splits: the seed of its draw. */
  readonly split: number;
  readonly standardise: boolean;
}

/** The split of these classes that belongs to a number. */
export function splitOf(classes: readonly number[], split: number): Split {
  const random = randomStream(split, "held out");
  return stratifiedSplit(classes, heldOutShare, (rows) => random.shuffled(rows));
}

/** The scale that every column is put on; without standardising each number stays what it is. */
export function scalesOf(columns: readonly ColumnScale[], standardise: boolean): ColumnScale[] {
  return columns.map(({ mean, deviation }) =>
    standardise ? { mean, deviation } : { mean: 0, deviation: 1 },
  );
}

/** Rows split in two, on the scale of those that are learnt from. */
export function partsOf({ x, y }: Rows, names: readonly string[], config: SplitConfig): Parts {
  const { training, heldOut } = splitOf(y, config.split);
  const scales = columnScales(training.map((row) => x[row] as readonly number[]));
  const columns = scales.map((scale, column): Measured => {
    const values = x.map((row) => row[column] as number);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { ...scale, name: names[column] ?? "", low, high };
  });
  const used = scalesOf(columns, config.standardise);
  const arrays = (rows: readonly number[]): Arrays => ({
    x: ndarray(rows.map((row) => standardised(x[row] as readonly number[], used))),
    y: ndarray(rows.map((row) => y[row] as number)),
  });
  return { training: arrays(training), heldOut: arrays(heldOut), columns };
}

const known = new Map<string, Parts>();

/** The irises, split and scaled. */
export function irisParts(config: SplitConfig): Parts {
  const key = `${config.split} ${config.standardise}`;
  const parts = known.get(key) ?? partsOf({ x: irisRows, y: irisClasses }, irisColumns, config);
  if (known.size > 50) known.clear();
  known.set(key, parts);
  return parts;
}

/** What stands in for the reader's own rows until they come: one of each class, all zero. */
export function emptyRows(inputs: number, classes: number): Arrays {
  return {
    x: filled([classes, inputs]),
    y: ndarray(Array.from({ length: classes }, (_, label) => label)),
  };
}

/** The meaning of the reader's own columns as a setting, so that it goes wherever the lab's state goes. */
export function writtenMeaning(columns: readonly Measured[], classes: readonly string[]): string {
  const short = (value: number) => Number(value.toPrecision(9));
  return JSON.stringify([
    columns.map(({ name, mean, deviation, low, high }) => [
      name,
      ...[mean, deviation, low, high].map(short),
    ]),
    classes,
  ]);
}

function readColumn(value: unknown): Measured | null {
  if (!Array.isArray(value) || value.length !== 5 || typeof value[0] !== "string") return null;
  const [name, ...numbers] = value;
  if (!numbers.every((number) => typeof number === "number" && Number.isFinite(number)))
    return null;
  const [mean, deviation, low, high] = numbers as [number, number, number, number];
  return deviation > 0 && high >= low ? { name, mean, deviation, low, high } : null;
}

/** What `writtenMeaning` wrote; null where it is not that, or not of so many columns and classes. */
export function readMeaning(
  text: string,
  inputs: number,
  classes: number,
): Pick<Meaning, "columns" | "classes"> | null {
  try {
    const [first, second]: unknown[] = JSON.parse(text);
    if (!Array.isArray(first) || !Array.isArray(second)) return null;
    const columns = first.map(readColumn).filter((column) => column !== null);
    const names = second.filter((name): name is string => typeof name === "string");
    return columns.length === inputs && names.length === classes
      ? { columns, classes: names }
      : null;
  } catch {
    return null;
  }
}

/** What the numbers of a configuration mean. */
export function meaningOf(config: Config): Meaning {
  if (config.source === "iris") {
    const { columns } = irisParts({
      split: Number(config.split),
      standardise: config.standardise === true,
    });
    return { columns, classes: irisSpecies, unit: "cm", one: "flower", many: "flowers" };
  }
  const [inputs, classes] = [Number(config.inputs), Number(config.classes)];
  const known = readMeaning(String(config.meaning), inputs, classes);
  const unnamed = {
    columns: Array.from({ length: inputs }, (_, i) => ({
      name: `column ${i + 1}`,
      mean: 0,
      deviation: 1,
      low: -3,
      high: 3,
    })),
    classes: Array.from({ length: classes }, (_, i) => `class ${i + 1}`),
  };
  return { ...(known ?? unnamed), unit: "", one: "row", many: "rows" };
}

/** Rows of an array, in the units in which they were measured, without the dust of 32-bit numbers. */
export function rowsInUnits(x: NDArray | undefined, config: Config, meaning: Meaning): number[][] {
  const [count = 0, width = 1] = x?.shape ?? [];
  const scales = scalesOf(meaning.columns, config.standardise === true);
  const grains = meaning.columns.map(
    ({ low, high }) => 10 ** (Math.floor(Math.log10(Math.max(high - low, 1e-30))) - 5),
  );
  return Array.from({ length: count }, (_, row) => {
    const own = Array.from({ length: width }, (_, column) => entry(x, row * width + column));
    return inUnits(own, scales).map((value, column) => {
      const grain = grains[column] ?? 1;
      return rounded(Math.round(value / grain) * grain);
    });
  });
}

/** The number of the likeliest class in each row of beliefs. */
export function winners(y_hat: NDArray | undefined): number[] {
  const [count = 0, classes = 1] = y_hat?.shape ?? [];
  return Array.from({ length: count }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (entry(y_hat, row * classes + k) > entry(y_hat, row * classes + best)) best = k;
    }
    return best;
  });
}

/** How many rows are answered rightly. */
export function rightAnswers(y_hat: NDArray | undefined, y: NDArray | undefined): number {
  return winners(y_hat).filter((winner, row) => winner === entry(y, row)).length;
}

/** A value of a column as the table prints it: centimetres to a tenth. */
export function measureText(value: number, unit: string): string {
  return unit === "cm" ? value.toFixed(1) : numberText(value);
}

/** A probability, to a thousandth. */
export function probabilityText(share: number | undefined): string {
  if (share === undefined || Number.isNaN(share)) return "–";
  if (share > 0 && share < 0.0005) return "< 0.001";
  return share < 1 && share >= 0.9995 ? "> 0.999" : share.toFixed(3);
}
