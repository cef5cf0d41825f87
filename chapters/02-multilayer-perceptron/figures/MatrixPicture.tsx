import type { CSSProperties, ReactNode } from "react";
import { divergingCss } from "../../../src/viz/colour.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";

interface MatrixPictureProps {
  readonly className: string;
  readonly title: ReactNode;
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  entry(row: number, column: number): number;
  /** The row or the column that goes into the product now; the cell that comes out. */
  readonly litRow?: number;
  readonly litColumn?: number;
  readonly litCell?: readonly [number, number];
  /** Cells after this one are not made yet. */
  readonly madeUpTo?: number;
  readonly onChoose?: (row: number, column: number) => void;
}

/** With more than this, cells are drawn as a raster. */
const mostCells = 8;

/** A matrix to look at: numbers in cells where there are few, else a raster; what is at work is framed. */
export function MatrixPicture(props: MatrixPictureProps) {
  const { rows, columns, title, className } = props;
  const isSmall = rows <= mostCells && columns <= mostCells;
  const values = Float32Array.from({ length: rows * columns }, (_, at) =>
    props.entry(Math.floor(at / columns), at % columns),
  );
  const reach = Math.max(1e-6, extentOf(values).reach);
  return (
    <div className={`shapes-matrix ${className}`}>
      <p className="shapes-name">{title}</p>
      {isSmall ? (
        <Cells {...props} values={values} reach={reach} />
      ) : (
        <Raster {...props} values={values} reach={reach} />
      )}
    </div>
  );
}

interface FaceProps extends MatrixPictureProps {
  readonly values: Float32Array;
  readonly reach: number;
}

function Cells({ values, reach, rows, columns, label, madeUpTo, onChoose, ...lit }: FaceProps) {
  const isStill = useStillness();
  return (
    <table className="viz-cells-table shapes-cells" aria-label={`${label}, ${rows} by ${columns}`}>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row}>
            {Array.from({ length: columns }, (_, column) => {
              const at = row * columns + column;
              const isMade = madeUpTo === undefined || at <= madeUpTo;
              const value = values[at] ?? 0;
              const isLit =
                row === lit.litRow ||
                column === lit.litColumn ||
                (lit.litCell?.[0] === row && lit.litCell[1] === column);
              const text = isMade ? cellText(value) : "";
              return (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  key={column}
                  className="viz-cell"
                  data-lit={isLit || undefined}
                  style={
                    {
                      "--cell": isMade ? divergingCss(value, reach) : "transparent",
                    } as CSSProperties
                  }
                >
                  {onChoose ? (
                    <button
                      type="button"
                      disabled={isStill}
                      aria-label={`row ${row + 1}, column ${column + 1}${isMade ? `: ${text}` : ", not made yet"}`}
                      onClick={() => onChoose(row, column)}
                    >
                      {text}
                    </button>
                  ) : (
                    text
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Two decimals: every cell of one width. */
function cellText(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return Number.isInteger(rounded)
    ? numberText(rounded)
    : rounded.toFixed(2).replace("-", "\u2212");
}

/** A side on the page, in em: longer for more cells, but never out of the picture. */
function side(cells: number): number {
  return Math.min(13, Math.max(1.1, 2.2 * Math.sqrt(cells / 2)));
}

function Raster({ values, reach, rows, columns, label, onChoose, ...lit }: FaceProps) {
  const frames: CSSProperties[] = [];
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  const frame = (row: number | null, column: number | null): CSSProperties => ({
    top: row === null ? 0 : percent(row, rows),
    height: row === null ? "100%" : percent(1, rows),
    left: column === null ? 0 : percent(column, columns),
    width: column === null ? "100%" : percent(1, columns),
  });
  if (lit.litRow !== undefined) frames.push(frame(lit.litRow, null));
  if (lit.litColumn !== undefined) frames.push(frame(null, lit.litColumn));
  if (lit.litCell) frames.push(frame(...lit.litCell));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, the buttons below go from cell to cell
    <div
      className="shapes-raster"
      role="img"
      aria-label={`${label}, ${rows} by ${columns}`}
      style={{ inlineSize: `${side(columns)}em`, blockSize: `${side(rows)}em` }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
        const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
        if (row >= 0 && row < rows && column >= 0 && column < columns) onChoose?.(row, column);
      }}
    >
      <Surface
        values={{ shape: [rows, columns], data: values }}
        reach={reach}
        rowsRise={false}
        cells
      />
      {frames.map((style, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: at most three, always in this order
        <span key={i} className="shapes-frame" style={style} />
      ))}
    </div>
  );
}
