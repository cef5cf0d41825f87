import type Papa from "papaparse";

/** A reader's table cannot be used; the message says what was expected, what arrived, and what may help. */
export class TableError extends Error {
  override readonly name = "TableError";
}

/** The largest file that is read. */
export const maxTableBytes = 10 * 2 ** 20;
/** Of a longer table an even sample of this many rows is kept. */
export const maxTableRows = 4000;
const maxColumns = 200;

/** What may stand between two cells, the rarest within a cell first. */
export const separators = ["\t", ";", "|", ","] as const;
export type Separator = (typeof separators)[number];

/** How a text is taken for a table. What is not given is guessed. */
export interface Reading {
  readonly separator: Separator;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** What stands before the decimals of a number. */
  readonly decimal: "." | ",";
}

export interface TableRow {
  /** From 1, as a spreadsheet counts, the row of names included. */
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Column {
  readonly name: string;
  /** Guessed: a number where nearly all cells are. */
  readonly kind: "number" | "text";
  /** Cells that are empty, or say that nothing is known. */
  readonly missing: number;
  /** Different values. */
  readonly values: number;
}

/** Something wrong at one place of a table. */
export interface Problem {
  readonly row: number;
  readonly column?: string;
  readonly says: string;
}

export interface Table extends Reading {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  /** Rows of data in the file, of which `rows` may be a sample. */
  readonly rowCount: number;
  /** Rows that were left out, and why. */
  readonly problems: readonly Problem[];
}

/** `row 3, column age: …` */
export function problemText({ row, column, says }: Problem): string {
  return `Row ${row}${column === undefined ? "" : `, column “${column}”`}: ${says}`;
}

/**
 * The text in a file: UTF-8, UTF-16 with its mark, or else Windows-1252, as older spreadsheets write it.
 *
 * @throws TableError when the file is too large, or no text
 */
export function tableText(bytes: Uint8Array): string {
  if (bytes.length > maxTableBytes) {
    const size = (bytes.length / 2 ** 20).toFixed(1);
    throw new TableError(
      `Expected a file of at most ${maxTableBytes / 2 ** 20} MB, got ${size} MB. Take a part of its rows.`,
    );
  }
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) {
    throw new TableError(
      "Expected text with a separator between the cells (CSV), but this file holds something else. Save the sheet as CSV first.",
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const missingWords = new Set(["", "na", "n/a", "nan", "null", "none", "?", "-", "–", "—"]);

/** Whether a cell says that nothing is known. */
export function isMissing(cell: string): boolean {
  return missingWords.has(cell.trim().toLowerCase());
}

/** The number that a cell holds, as 32 bits can hold it too; null when it holds none. */
export function cellNumber(cell: string, decimal: "." | ","): number | null {
  let text = cell.trim().replace(/^\u2212/, "-");
  if (decimal === ",") {
    if (text.includes(".")) return null;
    text = text.replace(",", ".");
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(Math.fround(value)) ? value : null;
}

/**
 * The table in a text of comma-separated values (or semicolons, tabs, bars), read piece by piece so that
 * the page stays alive. Blank rows are passed over; a row that is too short or too long is left out, as
 * one of `problems`.
 *
 * @throws TableError when there is no table in it
 */
export async function readTable(text: string, wanted: Partial<Reading> = {}): Promise<Table> {
  if (text.length > maxTableBytes) {
    throw new TableError(`Expected at most ${maxTableBytes} characters, got ${text.length}.`);
  }
  const plain = text.replace(/^\uFEFF/, "");
  if (plain.trim() === "") {
    throw new TableError("Expected rows of numbers and words, but there is nothing in it.");
  }
  // The parser comes only when there is something to parse.
  const { default: parser } = await import("papaparse");
  const separator = wanted.separator ?? guessSeparator(parser, plain);
  const all = (await records(parser, plain, separator)).filter(({ cells }) => !isBlank(cells));
  const width = commonWidth(all.map(({ cells }) => cells.length));
  if (width < 2) {
    throw new TableError(
      "Expected at least two columns, one to learn from and one to be told; found one. Cells are set apart by commas, semicolons, tabs or bars.",
    );
  }
  if (width > maxColumns) {
    throw new TableError(`Expected at most ${maxColumns} columns, found ${width}.`);
  }
  const header = wanted.header ?? guessHeader(all.map(({ cells }) => cells));
  const body = all.slice(header ? 1 : 0);
  const whole = body.filter(({ cells }) => cells.length === width);
  if (whole.length === 0)
    throw new TableError("Expected rows of data below the names, found none.");
  const rows = evenSample(whole, maxTableRows);
  const decimal = wanted.decimal ?? guessDecimal(rows);
  const names = columnNames(header ? (all[0]?.cells ?? []) : [], width);
  return {
    separator,
    header,
    decimal,
    columns: names.map((name, index) => columnAt(name, index, rows, decimal)),
    rows,
    rowCount: whole.length,
    problems: body
      .filter(({ cells }) => cells.length !== width)
      .map(({ number, cells }) => ({
        row: number,
        says: `expected ${width} cells, found ${cells.length}.`,
      })),
  };
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");

/** So much text is parsed at a time: some milliseconds' work. */
const pieceLength = 2 ** 17;

type CsvParser = typeof Papa;

function records(csv: CsvParser, text: string, separator: Separator): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  return new Promise((resolve, reject) => {
    const piecewise = {
      delimiter: separator,
      chunkSize: pieceLength,
      chunk({ data, errors }: Papa.ParseResult<string[]>, parser: Papa.Parser): void {
        const broken = errors.find(({ type }) => type === "Quotes");
        if (broken) {
          // First: to abort is to complete.
          reject(brokenQuotes(rows.length + (broken.row ?? 0) + 1));
          parser.abort();
          return;
        }
        for (const cells of data) rows.push({ number: rows.length + 1, cells });
        parser.pause();
        setTimeout(() => parser.resume());
      },
      complete: () => resolve(rows),
    };
    // With `chunk` and without `step` a string is parsed in pieces, as a file is; the types know only files.
    csv.parse<string[]>(text, piecewise);
  });
}

function brokenQuotes(row: number): TableError {
  return new TableError(
    `Row ${row}: a quotation mark opens a cell and does not close it. Within quotes, a quotation mark is written twice.`,
  );
}

/** The first rows of the text, cut at this separator. */
function firstWidths(csv: CsvParser, text: string, separator: Separator): number[] {
  const { data } = csv.parse<string[]>(text.slice(0, 2 ** 15), {
    delimiter: separator,
    preview: 20,
  });
  return data.filter((cells) => !isBlank(cells)).map((cells) => cells.length);
}

/** The first separator that gives every row the same number of cells, more than one; else the most even. */
function guessSeparator(csv: CsvParser, text: string): Separator {
  const evenness = (separator: Separator): number => {
    const widths = firstWidths(csv, text, separator);
    const width = commonWidth(widths);
    return width < 2 ? 0 : widths.filter((other) => other === width).length / widths.length;
  };
  return separators.reduce((best, next) => (evenness(next) > evenness(best) ? next : best));
}

/** The width that most rows have; 0 without rows. */
function commonWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let common = 0;
  for (const [width, count] of counts) {
    if (count > (counts.get(common) ?? 0)) common = width;
  }
  return common;
}

/** A first row that holds no number, and no word that stands again below it, holds names. */
function guessHeader([first = [], ...below]: readonly (readonly string[])[]): boolean {
  if (below.length === 0) return false;
  return first.every(
    (cell, column) =>
      cellNumber(cell, ".") === null &&
      cellNumber(cell, ",") === null &&
      (cell.trim() === "" || below.every((cells) => cells[column]?.trim() !== cell.trim())),
  );
}

function guessDecimal(rows: readonly TableRow[]): "." | "," {
  const cells = rows.flatMap((row) => row.cells);
  const count = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length;
  const commas = count(/^\s*[+\-\u2212]?\d*,\d+\s*$/);
  return commas > count(/^\s*[+\-\u2212]?\d*\.\d+\s*$/) ? "," : ".";
}

/** At most `count` of the list, from all along it. */
function evenSample<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);
}

/** A name for every column, no two alike. */
function columnNames(given: readonly string[], width: number): string[] {
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const name = given[column]?.trim().slice(0, 40) || `column ${column + 1}`;
    let distinct = name;
    for (let copy = 2; names.includes(distinct); copy++) distinct = `${name} (${copy})`;
    names.push(distinct);
  }
  return names;
}

/** A column is of numbers when this share of its cells is. */
const nearlyAll = 0.8;

function columnAt(
  name: string,
  index: number,
  rows: readonly TableRow[],
  decimal: "." | ",",
): Column {
  const cells = rows.map((row) => row.cells[index] ?? "");
  const known = cells.filter((cell) => !isMissing(cell));
  const numbers = known.filter((cell) => cellNumber(cell, decimal) !== null).length;
  return {
    name,
    kind: numbers > 0 && numbers >= nearlyAll * known.length ? "number" : "text",
    missing: cells.length - known.length,
    values: new Set(known.map((cell) => cell.trim())).size,
  };
}
