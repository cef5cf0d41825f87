import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import type { Cell } from "../../../src/data/windows.ts";
import { cellUnder } from "../../../src/viz/grid.ts";
import { clamp } from "../../../src/viz/scale.ts";
import { newGesture } from "../../../src/widgets/gesture.ts";

interface PencilPictureProps {
  readonly label: string;
  /** Rows and columns of the picture; it may be drawn with a border around it. */
  readonly size: number;
  readonly border: number;
  readonly cursor: Cell;
  readonly onCursor: (cell: Cell) => void;
  readonly valueAt: (cell: Cell) => number;
  /** What the pencil puts down. */
  readonly ink: number;
  /** Sets cells; all calls of one stroke carry the same gesture. */
  readonly onPaint: (cells: readonly Cell[], value: number, gesture: string) => void;
  /** The stroke is over. */
  readonly onLift: () => void;
  readonly children: ReactNode;
}

/**
 * A picture to draw on cell by cell: press or drag. A stroke that begins on a cell of the pencil's own ink
 * rubs out. Arrow keys move the cursor, Space draws, a digit sets tenths, Delete clears the cell.
 */
export function PencilPicture(props: PencilPictureProps) {
  const { size, border, cursor, ink, onPaint, onCursor } = props;
  const stroke = useRef<{ gesture: string; value: number; last: Cell } | null>(null);
  const cellAt = (event: PointerEvent<HTMLDivElement>): Cell => {
    const wide = size + 2 * border;
    const box = event.currentTarget.getBoundingClientRect();
    const [row, column] = cellUnder(box, [wide, wide], event);
    return [row - border, column - border];
  };
  const isInside = ([row, column]: Cell) => row >= 0 && row < size && column >= 0 && column < size;
  const inkOver = (cell: Cell) => (Math.fround(props.valueAt(cell)) === Math.fround(ink) ? 0 : ink);
  const once = (cell: Cell, value: number): void => {
    onPaint([cell], value, newGesture());
    props.onLift();
  };
  const lift = (): void => {
    if (stroke.current) props.onLift();
    stroke.current = null;
  };
  const press = (key: string): boolean => {
    const [down, right] = arrows[key] ?? [0, 0];
    if (down !== 0 || right !== 0) {
      onCursor([clamp(cursor[0] + down, 0, size - 1), clamp(cursor[1] + right, 0, size - 1)]);
    } else if (key === " " || key === "Enter") once(cursor, inkOver(cursor));
    else if (/^[0-9]$/.test(key)) once(cursor, Number(key) / 10);
    else if (key === "Delete" || key === "Backspace") once(cursor, 0);
    else return false;
    return true;
  };
  return (
    <div
      className="place-picture pencil-picture"
      role="application"
      aria-roledescription="picture to draw on"
      aria-label={`${props.label}. Arrow keys move, Space draws, a digit sets tenths.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by the keyboard
      tabIndex={0}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        const cell = cellAt(event);
        if (event.button !== 0 || !isInside(cell)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        stroke.current = { gesture: newGesture(), value: inkOver(cell), last: cell };
        onCursor(cell);
        onPaint([cell], stroke.current.value, stroke.current.gesture);
      }}
      onPointerMove={(event) => {
        const now = stroke.current;
        if (!now) return;
        const cell = cellAt(event);
        const cells = between(now.last, cell).filter(isInside);
        stroke.current = { ...now, last: cell };
        if (cells.length === 0) return;
        onCursor(cells.at(-1) as Cell);
        onPaint(cells, now.value, now.gesture);
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      {props.children}
    </div>
  );
}

const arrows: Readonly<Record<string, Cell>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cells on the way to another, that one included; none where it is the same. */
function between([row, column]: Cell, [toRow, toColumn]: Cell): Cell[] {
  const steps = Math.max(Math.abs(toRow - row), Math.abs(toColumn - column));
  return Array.from({ length: steps }, (_, i) => [
    Math.round(row + ((toRow - row) * (i + 1)) / steps),
    Math.round(column + ((toColumn - column) * (i + 1)) / steps),
  ]);
}
