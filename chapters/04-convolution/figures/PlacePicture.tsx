import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import type { Cell } from "../../../src/data/windows.ts";
import { cellUnder } from "../../../src/viz/grid.ts";
import { clamp } from "../../../src/viz/scale.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

interface PlacePictureProps {
  readonly label: string;
  /** The place that is chosen, of `size` × `size`. */
  readonly place: Cell;
  readonly size: number;
  readonly valueText: string;
  /** Rows and columns of the picture inside, borders included. */
  readonly cells: readonly [number, number];
  /** The place for the cell under the pointer. */
  readonly placeAt: (cell: Cell) => Cell;
  readonly onGo: (place: Cell) => unknown;
  readonly children: ReactNode;
}

/** A picture on which a place is chosen: press or drag anywhere, or the arrow keys. */
export function PlacePicture(props: PlacePictureProps) {
  const { place, size, cells, placeAt, onGo } = props;
  const isStill = useStillness();
  const isHeld = useRef(false);
  const within = ([row, column]: Cell): Cell => [
    clamp(row, 0, size - 1),
    clamp(column, 0, size - 1),
  ];
  const go = (to: Cell): void => {
    const [row, column] = within(to);
    if (row !== place[0] || column !== place[1]) void onGo([row, column]);
  };
  const follow = (event: PointerEvent<HTMLDivElement>): void =>
    go(placeAt(cellUnder(event.currentTarget.getBoundingClientRect(), cells, event)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = keyMoves[event.key]?.(place, size);
    if (!next || event.ctrlKey || event.metaKey) return;
    go(next);
    event.preventDefault();
    event.stopPropagation();
  };
  const number = place[0] * size + place[1] + 1;
  return (
    <div
      className="place-picture"
      role="slider"
      aria-label={props.label}
      aria-valuemin={1}
      aria-valuemax={size * size}
      aria-valuenow={number}
      aria-valuetext={props.valueText}
      aria-disabled={isStill || undefined}
      tabIndex={isStill ? undefined : 0}
      {...(!isStill && {
        onKeyDown,
        onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          isHeld.current = true;
          follow(event);
        },
        onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
          if (isHeld.current) follow(event);
        },
        onPointerUp: () => {
          isHeld.current = false;
        },
        onPointerCancel: () => {
          isHeld.current = false;
        },
      })}
    >
      {props.children}
    </div>
  );
}

/** One place on in a direction, or to the end of the row. */
const keyMoves: Readonly<Record<string, (place: Cell, size: number) => Cell>> = {
  ArrowRight: ([row, column]) => [row, column + 1],
  ArrowLeft: ([row, column]) => [row, column - 1],
  ArrowDown: ([row, column]) => [row + 1, column],
  ArrowUp: ([row, column]) => [row - 1, column],
  Home: ([row]) => [row, 0],
  End: ([row], size) => [row, size - 1],
};
