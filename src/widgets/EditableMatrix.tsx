import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { divergingCss, sequentialCss } from "../viz/colour.ts";
import { extentOf, type Grid, rowsAndColumns } from "../viz/grid.ts";
import { clamp } from "../viz/scale.ts";
import { NumberField } from "./NumberField.tsx";
import type { NumberRange } from "./numberSteps.ts";

export interface EditableMatrixProps extends NumberRange {
  /** A matrix; a vector is one row (or one column: `upright`). */
  readonly values: Grid;
  /** What it is: "weights W". */
  readonly label: string;
  /** The whole array with one entry changed, row-major, and the gesture that changed it. */
  readonly onChange: (values: number[], gesture: string, index: number) => unknown;
  /** What a double-click returns an entry to; default: the first value it had. */
  readonly initial?: ArrayLike<number> | undefined;
  readonly rowLabels?: readonly ReactNode[] | undefined;
  readonly columnLabels?: readonly ReactNode[] | undefined;
  /** What one entry is called by a screen reader; default: "weights W, row 1, column 2". */
  readonly entryLabel?: ((row: number, column: number) => string) | undefined;
  /** Whether cells wear the colour of their value (default true). */
  readonly coloured?: boolean | undefined;
  /** `sequential` for magnitudes that have no sign. */
  readonly colours?: "diverging" | "sequential" | undefined;
  /** The value of full colour; default: the largest distance from zero. */
  readonly reach?: number | undefined;
  readonly upright?: boolean | undefined;
  readonly digits?: number | undefined;
  /** How a number is written; default: `numberText` with so many digits. */
  readonly textOf?: ((value: number) => string) | undefined;
  readonly width?: number | undefined;
  readonly sym?: string | undefined;
  /** How a cell is marked: written as `data-mark` on it, for the figure’s own style. */
  readonly markOf?: ((row: number, column: number) => string | undefined) | undefined;
  /** Told which cell the reader is at. */
  readonly onVisit?: ((row: number, column: number) => void) | undefined;
}

/**
 * A matrix of numbers that can be changed one by one: each cell is a `NumberField`. One cell is in the
 * tab order; the arrow keys move among them, Enter or a digit types, Page Up and Page Down nudge.
 */
export function EditableMatrix(props: EditableMatrixProps) {
  const { values, label, upright = false, coloured = true } = props;
  const colour = props.colours === "sequential" ? sequentialCss : divergingCss;
  const [rows, columns] = upright ? [values.data.length, 1] : rowsAndColumns(values.shape);
  const [[focusRow, focusColumn], setFocus] = useState<readonly [number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const reach = props.reach ?? extentOf(values.data).reach;

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    const target = cellMoves[event.key];
    if (!target || event.ctrlKey || event.metaKey) return;
    const [row, column] = target(focusRow, focusColumn, columns);
    const next = [clamp(row, 0, rows - 1), clamp(column, 0, columns - 1)] as const;
    table.current?.querySelector<HTMLElement>(`[data-cell="${next[0]} ${next[1]}"] input`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <table
      ref={table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of fields is a grid
      role="grid"
      className="editable-matrix"
      aria-label={label}
      data-sym={props.sym}
      onKeyDown={onKeyDown}
    >
      {props.columnLabels && (
        <thead>
          <tr>
            {props.rowLabels && <td />}
            {props.columnLabels.slice(0, columns).map((columnLabel, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={column} scope="col">
                {columnLabel}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row}>
            {props.rowLabels && <th scope="row">{props.rowLabels[row]}</th>}
            {Array.from({ length: columns }, (_, column) => {
              const index = row * columns + column;
              const value = values.data[index] ?? Number.NaN;
              return (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  key={column}
                  data-cell={`${row} ${column}`}
                  data-mark={props.markOf?.(row, column)}
                  className={coloured ? "matrix-cell matrix-coloured" : "matrix-cell"}
                  style={{ "--cell": colour(value, reach) } as CSSProperties}
                  onFocus={() => {
                    setFocus([row, column]);
                    props.onVisit?.(row, column);
                  }}
                >
                  <NumberField
                    {...rangeOf(props)}
                    value={value}
                    initial={props.initial?.[index]}
                    label={
                      props.entryLabel?.(row, column) ??
                      `${label}, row ${row + 1}, column ${column + 1}`
                    }
                    digits={props.digits}
                    textOf={props.textOf}
                    width={props.width}
                    nudge="page"
                    tabIndex={row === focusRow && column === focusColumn ? 0 : -1}
                    onChange={(next, gesture) => {
                      const all = Array.from(values.data);
                      all[index] = next;
                      return props.onChange(all, gesture, index);
                    }}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rangeOf({ min, max, step, integer, scale }: NumberRange): NumberRange {
  return { min, max, step, integer, scale };
}

const cellMoves: Readonly<
  Record<string, (row: number, column: number, columns: number) => readonly [number, number]>
> = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  Home: (row) => [row, 0],
  End: (row, _column, columns) => [row, columns - 1],
};
