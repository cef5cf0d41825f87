import { entry, type NDArray } from "../../../src/data/ndarray.ts";

/** The arrays of one head, in the order in which they are made. */
export const arrayNames = ["Q", "K", "QK", "S", "M", "A", "V", "Z"] as const;
export type ArrayName = (typeof arrayNames)[number];

/** Those that have a row and a column for each word. */
const tables: readonly ArrayName[] = ["QK", "S", "M", "A"];
export const isTable = (name: ArrayName): boolean => tables.includes(name);

/** One number of them. */
export interface Cell {
  readonly name: ArrayName;
  readonly row: number;
  readonly column: number;
}

/** Whether this number went into the chosen one, straight. */
export function isSource(chosen: Cell, { name, row, column }: Cell): boolean {
  switch (chosen.name) {
    case "QK":
      return (name === "Q" && row === chosen.row) || (name === "K" && row === chosen.column);
    case "S":
      return name === "QK" && row === chosen.row && column === chosen.column;
    case "A":
      return (name === "S" || name === "M") && row === chosen.row;
    case "Z":
      return (name === "A" && row === chosen.row) || (name === "V" && column === chosen.column);
    default:
      return false;
  }
}

/** The matrix that lies in the last two dimensions of an array with one sequence and one head. */
export function matrixOf({ shape, data }: NDArray): NDArray {
  return { shape: shape.slice(-2), data };
}

/** An entry of such a matrix. */
export function at(array: NDArray | undefined, row: number, column: number): number {
  return entry(array, row * (array?.shape.at(-1) ?? 1) + column);
}

/** A number to two places after the point, as short as it can be. */
export const shortText = (value: number): string => {
  const places = Math.abs(value) < 10 ? 100 : Math.abs(value) < 100 ? 10 : 1;
  const rounded = Math.round(places * value) / places;
  return rounded === 0 ? "0" : String(rounded).replace("-", "\u2212");
};
