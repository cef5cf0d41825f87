import { type Arrays, ndarray } from "./ndarray.ts";

/** Points of a table, and what their third column holds. */
export interface TablePoints {
  readonly data: Arrays;
  readonly task: "classification" | "regression";
  /** The names of the classes, in the order of their numbers; empty in regression. */
  readonly classNames: readonly string[];
  /** How many rows were taken. */
  readonly rows: number;
  /** Whether the coordinates were moved and scaled to fit the picture. */
  readonly scaled: boolean;
}

/** More rows than this make the picture illegible and every step slow. */
const mostRows = 2000;
const mostClasses = 4;

function numberOf(text: string): number {
  const value = Number(text.replace(/\u2212/g, "-"));
  return text === "" || !Number.isFinite(value) ? Number.NaN : value;
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string): Row[] {
  const lines = text.split(/\r\n|\r|\n/);
  const separator = ["\t", ";", ","].find((mark) => text.includes(mark)) ?? /\s+/;
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const cells = line
      .trim()
      .split(separator)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    return [{ line: index + 1, cells }];
  });
}

/**
 * The points that rows of `x1,x2,label` describe. Commas, semicolons, tabs or blanks divide the columns; a
 * first row of names is passed over. A third column of at most four different words or whole numbers
 * are classes; any other numbers are to be fitted, and are scaled to −1 … 1.
 *
 * @throws RangeError naming the line, what it needs and what it holds
 */
export function pointsFromCsv(text: string, reach = 5): TablePoints {
  const all = rowsOf(text);
  const hasHead = all[0]?.cells.slice(0, 2).every((cell) => Number.isNaN(numberOf(cell))) ?? false;
  const rows = hasHead ? all.slice(1) : all;
  if (rows.length === 0) {
    throw new RangeError(
      "Expected rows of x₁, x₂ and a label, such as 1.5, −2, 0; there are none.",
    );
  }
  if (rows.length > mostRows) {
    throw new RangeError(`Expected at most ${mostRows} rows, got ${rows.length}.`);
  }
  for (const { line, cells } of rows) check(line, cells);
  const places = rows.map(({ cells }) => cells.slice(0, 2).map(numberOf));
  const labels = rows.map(({ cells }) => cells[2] as string);
  const { fitted, scaled } = fitting(places, reach);
  const { y, classNames } = labelled(labels, rows);
  return {
    data: { x: ndarray(fitted), y: ndarray(y) },
    task: classNames.length > 0 ? "classification" : "regression",
    classNames,
    rows: rows.length,
    scaled,
  };
}

function check(line: number, cells: readonly string[]): void {
  if (cells.length !== 3 || cells[2] === "") {
    throw new RangeError(
      `Line ${line}: expected three columns, x₁, x₂ and a label, got ${cells.filter((cell) => cell !== "").length}.`,
    );
  }
  const bad = [0, 1].find((column) => Number.isNaN(numberOf(cells[column] ?? "")));
  if (bad !== undefined) {
    throw new RangeError(
      `Line ${line}, column ${bad + 1}: expected a number, got “${(cells[bad] ?? "").slice(0, 20)}”.`,
    );
  }
}

/** The coordinates as they are where they fit the picture; else each moved and scaled to fit. */
function fitting(places: readonly number[][], reach: number) {
  const fits = places.flat().every((value) => Math.abs(value) <= reach + 1);
  if (fits) return { fitted: places, scaled: false };
  const axes = [0, 1].map((axis) => {
    const values = places.map((place) => place[axis] as number);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, half: (high - low) / 2 || 1 };
  });
  const fitted = places.map((place) =>
    place.map((value, axis) => {
      const { middle, half } = axes[axis] as { middle: number; half: number };
      return (reach * (value - middle)) / half;
    }),
  );
  return { fitted, scaled: true };
}

function labelled(labels: readonly string[], rows: readonly Row[]) {
  const kinds = [...new Set(labels)].sort(
    (a, b) => numberOf(a) - numberOf(b) || a.localeCompare(b),
  );
  const values = labels.map(numberOf);
  const areWhole = kinds.every((kind) => /^[+-]?\d+$/.test(kind));
  const areWords = kinds.every((kind) => Number.isNaN(numberOf(kind)));
  if (kinds.length <= mostClasses && (areWhole || areWords)) {
    return { y: labels.map((label) => kinds.indexOf(label)), classNames: kinds };
  }
  const word = values.findIndex(Number.isNaN);
  if (word >= 0) {
    throw new RangeError(
      areWords
        ? `Expected at most ${mostClasses} classes, got ${kinds.length}: ${kinds.slice(0, 6).join(", ")}, ….`
        : `Line ${rows[word]?.line}, column 3: expected a number as in the other rows, got “${(labels[word] ?? "").slice(0, 20)}”.`,
    );
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const half = (high - low) / 2 || 1;
  return { y: values.map((value) => (value - (low + high) / 2) / half), classNames: [] };
}
