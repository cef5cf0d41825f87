import type { Measurement } from "./contender.ts";

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

export interface TableOptions {
  /** Heads the column of medians: `steps/s`, `ms`, … */
  readonly unit: string;
  /** Contenders to compare the others with: those on the same backend, or without a backend. */
  readonly against: readonly string[];
  /** Whether a smaller number is the better one. Default: a larger one is. */
  readonly lessIsBetter?: boolean;
}

const number = (value: number) =>
  Math.abs(value) < 100 ? value.toPrecision(3) : Math.round(value).toLocaleString("en");

function ratio(times: number): string {
  if (!Number.isFinite(times)) return "";
  return times < 0.1 ? `1/${Math.round(1 / times).toLocaleString("en")}` : times.toPrecision(3);
}

/**
 * The measurements as text: a table for each group, each median beside those of the contenders to
 * compare with, as how many times better it is.
 */
export function tables(all: readonly Measurement[], options: TableOptions): string {
  const groups = [...new Set(all.map(({ group }) => group))];
  const head = ["", "backend", options.unit, "least–most", ...options.against.map((n) => `× ${n}`)];
  return groups
    .map((group) => {
      const here = all.filter((measurement) => measurement.group === group);
      return [group, ...lined([head, ...here.map((one) => row(one, here, options))])].join("\n");
    })
    .join("\n\n");
}

function row(
  { name, backend, values, why }: Measurement,
  here: readonly Measurement[],
  { against, lessIsBetter }: TableOptions,
): readonly string[] {
  if (values.length === 0) return [name, backend, `none: ${why ?? "it did not run"}`];
  const own = median(values);
  const times = against.map((other) => {
    const found = here.filter((one) => one.name === other);
    const them = found.find((one) => one.backend === backend) ?? found.find((one) => !one.backend);
    const theirs = median(them?.values ?? []);
    return ratio(lessIsBetter ? theirs / own : own / theirs);
  });
  const spread = `${number(Math.min(...values))}–${number(Math.max(...values))}`;
  return [name, backend, number(own), spread, ...times];
}

/** Rows with their cells under one another: names to the left, numbers to the right. */
export function lined(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.filter((r) => r.length > 3).map((r) => r[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 || cells.length <= 3 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
