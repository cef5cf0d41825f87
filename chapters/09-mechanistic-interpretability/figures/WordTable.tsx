import "./wordTable.css";
import { type PointerEvent, useState } from "react";
import { cellUnder, type Grid } from "../../../src/viz/grid.ts";
import { Outline, Picture, type PictureScale } from "../../../src/viz/Picture.tsx";
import { clamp } from "../../../src/viz/scale.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { wordGroups as groups } from "../phrases.ts";

interface WordTableProps {
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** `[V, V]` */
  readonly values: Grid;
  /** A cell in words. */
  readonly nameOf: (row: number, column: number) => string;
  /** The row that is framed. */
  readonly row?: number;
  /** The cell that is framed. */
  readonly cell?: readonly [row: number, column: number] | undefined;
  readonly scale?: PictureScale;
  readonly onChoose: (row: number, column: number) => unknown;
  readonly sym?: string | undefined;
}

/**
 * A table over all words as a picture. Pointing at a cell tells what it is, a press chooses it; what can be
 * chosen here can be chosen by the keyboard in lists beside.
 */
export function WordTable({ title, label, values, nameOf, row, cell, ...props }: WordTableProps) {
  const isStill = useStillness();
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const [rows = 1, columns = 1] = values.shape;
  const under = (event: PointerEvent<HTMLDivElement>): readonly [number, number] => {
    const [i, j] = cellUnder(event.currentTarget.getBoundingClientRect(), [rows, columns], event);
    return [clamp(i, 0, rows - 1), clamp(j, 0, columns - 1)];
  };
  return (
    <figure className="word-table">
      <figcaption>
        <span data-sym={props.sym}>{title}</span>{" "}
        <span className="word-table-cell">{pointed && nameOf(...pointed)}</span>
      </figcaption>
      <div className="word-table-groups" aria-hidden="true">
        {groups.map(({ label, from, count }) => (
          <span key={label} style={{ insetBlockStart: `${(100 * (from + count / 2)) / rows}%` }}>
            {label}
          </span>
        ))}
      </div>
      <div
        className="word-table-cells"
        {...(!isStill && {
          onPointerMove: (event: PointerEvent<HTMLDivElement>) => setPointed(under(event)),
          onPointerLeave: () => setPointed(null),
          onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
            if (event.button === 0) props.onChoose(...under(event));
          },
        })}
      >
        <Picture values={values} label={label} scale={props.scale ?? "ink"} sym={props.sym}>
          {row !== undefined && <Outline row={row} column={0} columns={columns} kind="seen" />}
          {cell && <Outline row={cell[0]} column={cell[1]} />}
        </Picture>
      </div>
    </figure>
  );
}
