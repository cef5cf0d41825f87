import { type CSSProperties, memo, type ReactNode } from "react";
import type { Cell, SlidingWindow } from "../../../src/data/windows.ts";
import { windowSpan } from "../../../src/data/windows.ts";
import { divergingCss, sequentialCss } from "../../../src/viz/colour.ts";
import type { Grid } from "../../../src/viz/grid.ts";
import { heatmapText } from "../../../src/viz/Heatmap.tsx";
import { cellText } from "../plainText.ts";

interface CellPictureProps {
  /** `[h, w]` */
  readonly values: Grid;
  readonly label: string;
  readonly scale: "ink" | "diverging";
  readonly reach: number;
  /** Cells of zeros drawn around it. */
  readonly border?: number;
  /** Cells from this one on, counted row by row, are not there yet. */
  readonly missingFrom?: number;
  /** Marks, in cells from the top left of the picture itself. */
  readonly children?: ReactNode;
}

/** A small picture with the number in each of its cells, and a border of zeros if it is padded. */
export function CellPicture({ border = 0, children, ...cells }: CellPictureProps) {
  const [rows = 0, columns = 0] = cells.values.shape;
  const [high, wide] = [rows + 2 * border, columns + 2 * border];
  return (
    <svg
      className="cell-picture"
      viewBox={`${-border} ${-border} ${wide} ${high}`}
      style={{ "--cells": Math.max(wide, 5) } as CSSProperties}
      data-many={wide > 16 || undefined}
      role="img"
      aria-label={heatmapText(cells.label, cells.values)}
    >
      {border > 0 && <Border rows={rows} columns={columns} border={border} />}
      <Cells {...cells} />
      {children}
    </svg>
  );
}

const Cells = memo(function Cells(props: Omit<CellPictureProps, "border" | "children">) {
  const { values, scale, reach, missingFrom = Number.POSITIVE_INFINITY } = props;
  const [, columns = 1] = values.shape;
  const colour = scale === "ink" ? sequentialCss : divergingCss;
  return Array.from(values.data, (value, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    if (i >= missingFrom) {
      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
      return <rect key={i} className="cell-missing" x={column} y={row} width={1} height={1} />;
    }
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
      <g key={i} style={{ "--cell": colour(value, reach) } as CSSProperties}>
        <rect className="cell-ground" x={column} y={row} width={1} height={1} />
        {(value !== 0 || scale === "diverging") && (
          <text x={column + 0.5} y={row + 0.53}>
            {cellText(value)}
          </text>
        )}
      </g>
    );
  });
});

const Border = memo(function Border(props: { rows: number; columns: number; border: number }) {
  const { rows, columns, border } = props;
  const [high, wide] = [rows + 2 * border, columns + 2 * border];
  return (
    <g className="cell-border">
      {Array.from({ length: high * wide }, (_, i) => {
        const [row, column] = [Math.floor(i / wide) - border, (i % wide) - border];
        const isInside = row >= 0 && row < rows && column >= 0 && column < columns;
        if (isInside) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          <g key={i}>
            <rect x={column} y={row} width={1} height={1} />
            <text x={column + 0.5} y={row + 0.53}>
              0
            </text>
          </g>
        );
      })}
    </g>
  );
});

/** The window where it lies for a cell of the output: its frame, and the cells that it looks at where it leaves some out. */
export function WindowFrame({ place, window }: { place: Cell; window: SlidingWindow }) {
  const { kernel, stride = 1, padding = 0, dilation = 1 } = window;
  const span = windowSpan(window);
  const [top, left] = place.map((at) => at * stride - padding) as [number, number];
  return (
    <g className="window-frame" style={{ transform: `translate(${left}px, ${top}px)` }}>
      <rect className="window-frame-ground" width={span} height={span} />
      <rect width={span} height={span} />
      {dilation > 1 &&
        Array.from({ length: kernel * kernel }, (_, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={i}
            className="window-frame-cell"
            x={(i % kernel) * dilation + 0.08}
            y={Math.floor(i / kernel) * dilation + 0.08}
            width={0.84}
            height={0.84}
          />
        ))}
    </g>
  );
}
