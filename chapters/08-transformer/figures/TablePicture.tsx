import { type PointerEvent, type ReactNode, useRef } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { cellUnder, rowsAndColumns } from "../../../src/viz/grid.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import { clamp } from "../../../src/viz/scale.ts";
import { newGesture } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

interface TablePictureProps {
  readonly values: NDArray;
  readonly title: ReactNode;
  readonly label: string;
  readonly sym: string;
  readonly reach?: number;
  /** Chooses the cell under the pointer; sliders beside do the same for the keyboard. */
  readonly onChoose?: (row: number, column: number, gesture: string) => unknown;
  /** Marks over the cells: a child of `Picture`. */
  readonly children?: ReactNode;
}

/** A table of numbers as a picture with its name and its size, on which a cell can be pointed out. */
export function TablePicture({ values, onChoose, ...props }: TablePictureProps) {
  const isStill = useStillness();
  const gesture = useRef<string | null>(null);
  const [rows, columns] = rowsAndColumns(values.shape);
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    if (gesture.current === null || !onChoose) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [row, column] = cellUnder(box, [rows, columns], event);
    onChoose(clamp(row, 0, rows - 1), clamp(column, 0, columns - 1), gesture.current);
  };
  return (
    <figure className="positions-table">
      <figcaption data-sym={props.sym}>{props.title}</figcaption>
      <div
        className={onChoose ? "positions-choose" : undefined}
        {...(!isStill &&
          onChoose && {
            onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              gesture.current = newGesture();
              follow(event);
            },
            onPointerMove: follow,
            onPointerUp: () => {
              gesture.current = null;
            },
            onPointerCancel: () => {
              gesture.current = null;
            },
          })}
      >
        <Picture
          values={values}
          label={props.label}
          scale="diverging"
          {...(props.reach !== undefined && { reach: props.reach })}
        >
          {props.children}
        </Picture>
      </div>
    </figure>
  );
}
