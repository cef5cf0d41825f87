import type { CSSProperties, KeyboardEvent, ReactNode } from "react";
import { divergingCss } from "../viz/colour.ts";
import { type Grid, rowsAndColumns } from "../viz/grid.ts";
import { numberText } from "../viz/numberText.ts";
import { useStillness } from "./stillness.ts";

export interface ChoosableMatrixProps {
  readonly values: Grid;
  readonly label: string;
  readonly sym: string;
  readonly reach: number;
  readonly rowLabels: readonly ReactNode[];
  readonly columnLabels: readonly ReactNode[];
  /** What one cell is called by a screen reader. */
  readonly entryLabel: (row: number, column: number) => string;
  readonly chosen: readonly [number, number];
  readonly onChoose: (row: number, column: number) => void;
}

/** A heatmap of which one cell is chosen, by click or by the arrow keys. */
export function ChoosableMatrix(props: ChoosableMatrixProps) {
  const { values, label, chosen, onChoose } = props;
  const [rows, columns] = rowsAndColumns(values.shape);
  const isStill = useStillness();

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const [down, right] = arrows[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    const row = Math.min(rows - 1, Math.max(0, chosen[0] + down));
    const column = Math.min(columns - 1, Math.max(0, chosen[1] + right));
    onChoose(row, column);
    const cells = event.currentTarget.querySelectorAll<HTMLElement>("button");
    cells[row * columns + column]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <table
      className="viz-cells-table choosable"
      aria-label={label}
      data-sym={props.sym}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          <td />
          {props.columnLabels.map((name, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <th key={column} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rowLabels.map((name, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row}>
            <th scope="row">{name}</th>
            {props.columnLabels.map((_, column) => {
              const value = values.data[row * columns + column] ?? Number.NaN;
              const isChosen = row === chosen[0] && column === chosen[1];
              return (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  key={column}
                  className="viz-cell"
                  data-chosen={isChosen || undefined}
                  style={{ "--cell": divergingCss(value, props.reach) } as CSSProperties}
                >
                  <button
                    type="button"
                    disabled={isStill}
                    tabIndex={isChosen ? 0 : -1}
                    aria-pressed={isChosen}
                    aria-label={`${props.entryLabel(row, column)}: ${numberText(value, 2)}`}
                    onClick={() => onChoose(row, column)}
                  >
                    {numberText(value, 2)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
