import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from "react";
import { cellUnder, type Grid } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import { clamp } from "../../../src/viz/scale.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

export interface NumberGridProps {
  /** `[rows, columns]`. */
  readonly values: Grid;
  readonly label: string;
  readonly nameOf: (row: number, column: number) => string;
  readonly scale?: "diverging" | "sequential" | undefined;
  /** The value of full colour; default: the largest distance from zero. */
  readonly reach?: number | undefined;
  readonly chosen?: readonly [row: number, column: number] | null | undefined;
  readonly onPick?: ((row: number, column: number) => void) | undefined;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Many numbers as cells of one canvas; one of them can be picked, by the hand or with the arrow keys. */
export function NumberGrid({ values, label, nameOf, chosen, onPick, ...props }: NumberGridProps) {
  const isStill = useStillness();
  const [hover, setHover] = useState<readonly [number, number] | null>(null);
  const [rows = 0, columns = 0] = values.shape;
  const within = (event: PointerEvent | MouseEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const [row, column] = cellUnder(box, [rows, columns], event);
    return [clamp(row, 0, rows - 1), clamp(column, 0, columns - 1)];
  };
  const told = hover ?? chosen;
  const says = told
    ? `${nameOf(...told)} = ${numberText(values.data[told[0] * columns + told[1]])}`
    : "";
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = moves[event.key];
    if (!by || event.ctrlKey || event.metaKey) return;
    const [row, column] = chosen ?? [0, 0];
    event.preventDefault();
    event.stopPropagation();
    onPick?.(clamp(row + by[0], 0, rows - 1), clamp(column + by[1], 0, columns - 1));
  };
  return (
    <div className="number-grid">
      <p className="number-grid-head">
        <span>{label}</span>
        <span>{says}</span>
      </p>
      <button
        type="button"
        className="number-grid-cells"
        style={{ "--rows": rows } as Record<string, number>}
        disabled={isStill || !onPick}
        aria-label={`${label}, ${rows > 1 ? `${rows} by ` : ""}${columns} numbers. ${says}`}
        onPointerMove={(event) => setHover(within(event))}
        onPointerLeave={() => setHover(null)}
        onKeyDown={onKeyDown}
        // A click by the keyboard has no place.
        onClick={(event) => onPick?.(...(event.detail === 0 ? (chosen ?? [0, 0]) : within(event)))}
      >
        <Surface
          values={values}
          rowsRise={false}
          cells
          {...(props.reach !== undefined && { reach: props.reach })}
          {...(props.scale && { scale: props.scale })}
        />
        {chosen && (
          <span
            className="number-grid-chosen"
            style={{
              insetBlockStart: `${(100 * chosen[0]) / rows}%`,
              insetInlineStart: `${(100 * chosen[1]) / columns}%`,
              blockSize: `${100 / rows}%`,
              inlineSize: `${100 / columns}%`,
            }}
          />
        )}
      </button>
    </div>
  );
}
