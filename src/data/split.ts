/** Rows in two parts, by their numbers in the whole. */
export interface Split {
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/**
 * Parts rows at random so that each class gives the same share to the part that is held out: rounded,
 * but at least one row to either part. Both parts are in the order of the table.
 *
 * @param classes the class of each row
 * @param share of the rows to hold out, above 0 and below 1
 * @param shuffled the list in another order, each equally likely
 * @throws RangeError when a class has fewer than two rows
 */
export function stratifiedSplit(
  classes: readonly number[],
  share: number,
  shuffled: (rows: readonly number[]) => readonly number[],
): Split {
  const heldOut = new Set<number>();
  for (const label of [...new Set(classes)].sort((a, b) => a - b)) {
    const rows = classes.flatMap((other, row) => (other === label ? [row] : []));
    if (rows.length < 2) {
      throw new RangeError(
        `Expected at least two rows of every class, one to learn from and one to hold out; class ${label} has ${rows.length}.`,
      );
    }
    const count = Math.min(rows.length - 1, Math.max(1, Math.round(share * rows.length)));
    for (const row of shuffled(rows).slice(0, count)) heldOut.add(row);
  }
  const all = classes.map((_, row) => row);
  return {
    training: all.filter((row) => !heldOut.has(row)),
    heldOut: all.filter((row) => heldOut.has(row)),
  };
}

/**
 * Which rows to hold out of a table that may still grow: about the same share of each class, the first
 * row of a class never, and no row changes sides when others come after it. The rows of a class are
 * taken in runs of about 1 / `share`; of each run one is drawn.
 *
 * @param classes the class of each row
 * @param share of the rows to hold out, from 0 and below 1
 * @param randomOf the random numbers of a class, uniform on [0, 1), the same at each call
 * @returns row numbers, ascending
 */
export function steadyHeldOut(
  classes: readonly number[],
  share: number,
  randomOf: (label: number) => () => number,
): number[] {
  if (share <= 0) return [];
  const heldOut = new Set<number>();
  for (const label of new Set(classes)) {
    const rows = classes.flatMap((other, row) => (other === label ? [row] : []));
    const random = randomOf(label);
    for (let run = 0; ; run++) {
      const first = Math.ceil(run / share);
      const length = Math.ceil((run + 1) / share) - first;
      if (first >= rows.length) break;
      const spared = run === 0 ? 1 : 0;
      const drawn = rows[first + spared + Math.floor(random() * (length - spared))];
      if (drawn !== undefined) heldOut.add(drawn);
    }
  }
  return [...heldOut].sort((a, b) => a - b);
}

/** Where the values of a column lie: what it takes to put them on a scale of their own. */
export interface ColumnScale {
  readonly mean: number;
  /** Standard deviation, over the rows themselves (divided by their number); 1 for a column that does not vary. */
  readonly deviation: number;
}

/**
 * Mean and standard deviation of each column of the rows. Take them from the training rows alone: what
 * is held out must not tell the network anything, not even its mean.
 */
export function columnScales(rows: readonly (readonly number[])[]): ColumnScale[] {
  return (rows[0] ?? []).map((_, column) => {
    const values = rows.map((row) => row[column] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / values.length);
    return { mean, deviation: deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1 };
  });
}

/** A row on the scales of its columns: (value − mean) / deviation. */
export function standardised(row: readonly number[], scales: readonly ColumnScale[]): number[] {
  return row.map((value, column) => {
    const { mean, deviation } = scales[column] as ColumnScale;
    return (value - mean) / deviation;
  });
}

/** A standardised row in its own units again. */
export function inUnits(row: readonly number[], scales: readonly ColumnScale[]): number[] {
  return row.map((value, column) => {
    const { mean, deviation } = scales[column] as ColumnScale;
    return value * deviation + mean;
  });
}
