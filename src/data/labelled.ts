import {
  type Column,
  cellNumber,
  isMissing,
  type Problem,
  type Table,
  TableError,
  type TableRow,
} from "./table.ts";

/** The most inputs, and the most classes, that are drawn from a table. */
export const maxInputs = 16;
export const maxClasses = 8;

/** What becomes of a column: it tells the network something, it says what the answer is, or neither. */
export interface ColumnUse {
  readonly use: "input" | "label" | "out";
  readonly kind: Column["kind"];
}

/** Rows of numbers, each with the class that it belongs to. */
export interface Labelled {
  /** What each number of a row is. */
  readonly columns: readonly string[];
  readonly classes: readonly string[];
  readonly x: readonly (readonly number[])[];
  /** The number of each row's class. */
  readonly y: readonly number[];
  /** Rows left out because a cell is empty. */
  readonly incomplete: readonly number[];
  /** Rows left out because a cell cannot be read. */
  readonly problems: readonly Problem[];
}

const labelNames = /^(label|class|species|target|category|type|y|variety)$/i;

/**
 * What a table is most likely meant for: the label is a column that is called so, or the last one with
 * few values; a column that only counts the rows, or holds too many words, is left out.
 */
export function likelyUses({ columns, rows }: Table): ColumnUse[] {
  const few = (column: Column) => column.values >= 2 && column.values <= maxClasses;
  const candidates = columns.filter(few);
  const label =
    candidates.findLast(({ name }) => labelNames.test(name)) ??
    candidates.findLast(({ kind }) => kind === "text") ??
    candidates.at(-1);
  let inputs = 0;
  return columns.map((column, index) => {
    if (column === label) return { use: "label", kind: column.kind };
    const counts = column.kind === "number" ? !countsRows(index, rows) : few(column);
    const width = column.kind === "number" ? 1 : column.values;
    const isUseful = counts && column.values > 1 && inputs + width <= maxInputs;
    if (isUseful) inputs += width;
    return { use: isUseful ? "input" : "out", kind: column.kind };
  });
}

/** Whether a column's numbers go up by one from row to row. */
function countsRows(index: number, rows: readonly TableRow[]): boolean {
  const values = rows.map(({ cells }) => Number(cells[index]));
  return rows.length > 2 && values.every((value, i) => i === 0 || value === values[i - 1]! + 1);
}

interface Used {
  readonly column: Column;
  readonly index: number;
  readonly kind: Column["kind"];
  /** The values of a column of words, in order. */
  readonly words: readonly string[];
}

/**
 * The rows of a table as numbers, with a class each. A column of words becomes an input for each of its
 * words, 1 where it stands and 0 where not (with two words, one input). A row with an empty cell in a
 * column that is used is left out.
 *
 * @param uses one for each column
 * @throws TableError when this cannot be learnt from
 */
export function labelled(table: Table, uses: readonly ColumnUse[]): Labelled {
  const used = (use: ColumnUse["use"]): Used[] =>
    table.columns.flatMap((column, index) => {
      const own = uses[index];
      if (own?.use !== use) return [];
      return [{ column, index, kind: own.kind, words: wordsOf(table.rows, index) }];
    });
  const [label, another] = used("label");
  if (!label || another) {
    throw new TableError(
      `Expected one column as the label, the answer to be learnt; ${label ? "more than one is" : "none is"} chosen.`,
    );
  }
  const inputs = used("input");
  const columns = inputs.flatMap(inputNames);
  checkCounts(columns.length, label);

  const problems: Problem[] = [];
  const incomplete: number[] = [];
  const kept: { row: readonly number[]; label: string }[] = [];
  for (const row of table.rows) {
    const name = row.cells[label.index]?.trim() ?? "";
    if ([label, ...inputs].some(({ index }) => isMissing(row.cells[index] ?? ""))) {
      incomplete.push(row.number);
      continue;
    }
    const numbers = inputs.map((input) => inputNumbers(input, row, table.decimal));
    const bad = numbers.indexOf(null);
    if (bad < 0) kept.push({ row: numbers.flatMap((list) => list ?? []), label: name });
    else problems.push(unreadable(inputs[bad] as Used, row, table.decimal));
  }
  const classes = label.words.filter((word) => kept.some((row) => row.label === word));
  checkClasses(classes, kept, label);
  return {
    columns,
    classes: classes.map((name) => name.slice(0, 40)),
    x: kept.map(({ row }) => row),
    y: kept.map((row) => classes.indexOf(row.label)),
    incomplete,
    problems,
  };
}

function wordsOf(rows: readonly TableRow[], index: number): string[] {
  const words = rows.map(({ cells }) => cells[index] ?? "").filter((cell) => !isMissing(cell));
  return [...new Set(words.map((word) => word.trim()))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
}

/** The words that get an input: with two of them, the second says it all. */
const tellingWords = ({ words }: Used): readonly string[] =>
  words.length === 2 ? words.slice(1) : words;

function inputNames(input: Used): string[] {
  if (input.kind === "number") return [input.column.name];
  return tellingWords(input).map((word) => `${input.column.name} = ${word}`.slice(0, 40));
}

function inputNumbers(input: Used, { cells }: TableRow, decimal: "." | ","): number[] | null {
  const cell = cells[input.index] ?? "";
  if (input.kind === "text")
    return tellingWords(input).map((word) => (cell.trim() === word ? 1 : 0));
  const value = cellNumber(cell, decimal);
  return value === null ? null : [value];
}

function unreadable({ column, index }: Used, row: TableRow, decimal: "." | ","): Problem {
  const cell = row.cells[index] ?? "";
  const isLarge = /^\s*[+-]?\d[\d.]*(e[+-]?\d+)?\s*$/i.test(cell) || /^\s*[+-]?inf/i.test(cell);
  const hint =
    decimal === "." && /^\s*[+-]?\d+,\d+\s*$/.test(cell)
      ? " Are its decimals set off by a comma?"
      : "";
  const says = isLarge
    ? `expected a finite number, got “${cell.trim().slice(0, 30)}”.`
    : `expected a number, got “${cell.trim().slice(0, 30)}”.${hint}`;
  return { row: row.number, column: column.name, says };
}

function checkCounts(inputs: number, label: Used): void {
  if (inputs === 0)
    throw new TableError("Expected at least one column as an input; none is chosen.");
  if (inputs > maxInputs) {
    throw new TableError(
      `Expected at most ${maxInputs} inputs, got ${inputs}. A column of words makes one for each word: leave some out.`,
    );
  }
  const { name } = label.column;
  if (label.words.length > maxClasses) {
    throw new TableError(
      `The label “${name}” has ${label.words.length} different values; expected at most ${maxClasses} classes. A quantity to be foretold is another task, regression.`,
    );
  }
}

function checkClasses(
  classes: readonly string[],
  kept: readonly { label: string }[],
  label: Used,
): void {
  if (classes.length < 2) {
    const found = classes.length === 0 ? "none" : `only “${classes[0]}”`;
    throw new TableError(
      `The label “${label.column.name}” needs two different values at least; among the complete rows there is ${found}.`,
    );
  }
  const lonely = classes.find((word) => kept.filter((row) => row.label === word).length < 3);
  if (lonely !== undefined) {
    throw new TableError(
      `Expected at least three complete rows of every class, to learn from some and to hold others out; “${lonely}” has fewer.`,
    );
  }
}
