import type { KeyboardEvent, ReactNode } from "react";
import { type Grid, rowsAndColumns, tiled } from "./grid.ts";
import { heatmapText } from "./Heatmap.tsx";
import { Surface } from "./Surface.tsx";

/** `ink`: magnitudes from 0 (ground) to 1 (ink). `diverging`: what has a sign. */
export type PictureScale = "ink" | "diverging";

export interface PictureProps {
  /** `[h, w]`, or `[1, h, w]` or `[h, w, 1]`. */
  readonly values: Grid;
  /** What it shows: "the picture", "feature map 3". */
  readonly label: string;
  readonly scale?: PictureScale;
  /** The value of full colour; default: 1 for ink, else the largest distance from zero. */
  readonly reach?: number | undefined;
  /** The key of the symbol that it shows. */
  readonly sym?: string | undefined;
  /** Marks over the picture: parts of an SVG whose unit is a cell, (0, 0) at the top left. */
  readonly children?: ReactNode;
}

/**
 * Numbers as a picture of sharp cells, one canvas (a PNG in the still), as wide as there is room and in
 * its proportions. For cells with numbers in them: `Heatmap`.
 */
export function Picture({ values, label, scale = "ink", reach, sym, children }: PictureProps) {
  const oneChannel = values.shape.length > 2 && values.shape.at(-1) === 1;
  const [rows, columns] = rowsAndColumns(oneChannel ? values.shape.slice(0, -1) : values.shape);
  return (
    <div className="viz-picture" data-sym={sym} style={{ aspectRatio: `${columns} / ${rows}` }}>
      <div role="img" aria-label={heatmapText(label, values)}>
        <Cells values={{ shape: [rows, columns], data: values.data }} scale={scale} reach={reach} />
      </div>
      {children && (
        <svg
          viewBox={`0 0 ${columns} ${rows}`}
          preserveAspectRatio="none"
          className="viz-picture-marks"
          aria-hidden="true"
        >
          {children}
        </svg>
      )}
    </div>
  );
}

function Cells({ values, scale, reach }: Pick<PictureProps, "values" | "scale" | "reach">) {
  const isInk = scale === "ink";
  const full = reach ?? (isInk ? 1 : undefined);
  return (
    <Surface
      values={values}
      {...(full !== undefined && { reach: full })}
      scale={isInk ? "sequential" : "diverging"}
      rowsRise={false}
      cells
    />
  );
}

export type OutlineKind = "chosen" | "seen" | "touch";

interface OutlineProps {
  readonly row: number;
  readonly column: number;
  readonly rows?: number;
  readonly columns?: number;
  /** `chosen` in ink; `seen` lighter; `touch`, in the accent colour, for what the hand moves. */
  readonly kind?: OutlineKind;
}

/** A frame around cells of a picture: a child of `Picture`. It may reach beyond the picture. */
export function Outline({ row, column, rows = 1, columns = 1, kind = "chosen" }: OutlineProps) {
  const place = { x: column, y: row, width: columns, height: rows };
  return (
    <g className="viz-outline" data-kind={kind}>
      <rect {...place} className="viz-outline-ground" />
      <rect {...place} />
    </g>
  );
}

export interface PictureGridProps {
  /** `[n, h, w]`: n pictures. */
  readonly values: Grid;
  readonly label: string;
  /** Pictures a row. */
  readonly columns: number;
  readonly scale?: PictureScale;
  /** The value of full colour, the same in all; default as for one picture. */
  readonly reach?: number | undefined;
  readonly sym?: string | undefined;
  /** What one picture is called by a screen reader; default: "LABEL 3". */
  readonly nameOf?: ((index: number) => string) | undefined;
  /** Makes each picture a button: arrow keys move among them. */
  readonly onChoose?: ((index: number) => void) | undefined;
  readonly chosen?: number | undefined;
  readonly disabled?: boolean | undefined;
}

/** Many pictures of one size, on one canvas. */
export function PictureGrid(props: PictureGridProps) {
  const { values, label, columns, scale = "ink", reach, onChoose } = props;
  const [n = 0, h = 0, w = 0] = values.shape;
  const sheet = tiled(values, columns);
  const [rows, across] = sheet.shape as [number, number];
  // The cells between pictures, in the colour of the paper.
  const lines = [
    ...Array.from(
      { length: columns - 1 },
      (_, i) => `M${(i + 1) * (w + 1) - 1} 0v${rows}h1v-${rows}z`,
    ),
    ...Array.from(
      { length: Math.ceil(n / columns) - 1 },
      (_, i) => `M0 ${(i + 1) * (h + 1) - 1}h${across}v1h-${across}z`,
    ),
    emptyEnd(n, columns, [rows, across], [h, w]),
  ];
  return (
    <div
      className="viz-picture"
      data-sym={props.sym}
      style={{ aspectRatio: `${across} / ${rows}` }}
    >
      <div role="img" aria-label={heatmapText(label, values)}>
        <Cells values={sheet} scale={scale} reach={reach} />
      </div>
      <svg viewBox={`0 0 ${across} ${rows}`} className="viz-picture-marks" aria-hidden="true">
        <path d={lines.join("")} className="viz-picture-gaps" />
      </svg>
      {onChoose && <Choices {...props} onChoose={onChoose} n={n} h={h} w={w} />}
    </div>
  );
}

/** The room at the end of a last row that is not full. */
function emptyEnd(
  n: number,
  columns: number,
  [rows, across]: readonly [number, number],
  [h, w]: readonly [number, number],
): string {
  const used = n % columns;
  return used === 0
    ? ""
    : `M${used * (w + 1) - 1} ${rows - h}H${across}V${rows}H${used * (w + 1) - 1}z`;
}

interface ChoicesProps extends PictureGridProps {
  readonly onChoose: (index: number) => void;
  readonly n: number;
  readonly h: number;
  readonly w: number;
}

function Choices({ label, columns, nameOf, onChoose, chosen, disabled, n, h, w }: ChoicesProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey) return;
    const next = (chosen ?? 0) + by;
    event.preventDefault();
    event.stopPropagation();
    if (next < 0 || next >= n) return;
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  const share = (cells: number, all: number) => `${(100 * cells) / all}%`;
  const rows = Math.ceil(n / columns);
  const [across, down] = [columns * (w + 1) - 1, rows * (h + 1) - 1];
  return (
    <fieldset className="viz-picture-choices" disabled={disabled} onKeyDown={onKeyDown}>
      <legend className="sr-only">{label}</legend>
      {Array.from({ length: n }, (_, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place
          key={i}
          type="button"
          aria-label={nameOf?.(i) ?? `${label} ${i + 1}`}
          aria-pressed={i === chosen}
          tabIndex={i === (chosen ?? 0) ? 0 : -1}
          style={{
            insetInlineStart: share((i % columns) * (w + 1), across),
            insetBlockStart: share(Math.floor(i / columns) * (h + 1), down),
            inlineSize: share(w, across),
            blockSize: share(h, down),
          }}
          onClick={() => onChoose(i)}
        />
      ))}
    </fieldset>
  );
}
