import type { CSSProperties, ReactNode } from "react";
import { ColourLegend } from "./ColourLegend.tsx";
import { divergingCss, sequentialCss } from "./colour.ts";
import { extentOf, type Grid, rowsAndColumns } from "./grid.ts";
import { numberText } from "./numberText.ts";
import { Surface } from "./Surface.tsx";

export interface HeatmapProps {
  /** Any shape: a vector is one row, leading dimensions are stacked. */
  readonly values: Grid;
  /** What it shows: "weights W". */
  readonly label: string;
  readonly rowLabels?: readonly ReactNode[];
  readonly columnLabels?: readonly ReactNode[];
  /** The value of full colour; default: the largest distance from zero. */
  readonly reach?: number;
  /** `sequential` for magnitudes that have no sign. */
  readonly scale?: "diverging" | "sequential";
  readonly legend?: boolean;
  readonly digits?: number;
  /** The key of the symbol that it shows. */
  readonly sym?: string;
}

/** Beyond this many cells single ones cannot be told apart, and a raster is drawn. */
const mostCells = 1024;
/** Beyond this many columns there is no room for numbers. */
const mostNumbers = 12;

/** A heatmap in one sentence: what, shape, least and greatest. */
export function heatmapText(label: string, values: Grid): string {
  const { minimum, maximum } = extentOf(values.data);
  const shape = values.shape.length === 0 ? "a single number" : values.shape.join(" by ");
  if (values.data.length === 1) return `${label}: ${numberText(values.data[0])}`;
  return `${label}, ${shape}: from ${numberText(minimum)} to ${numberText(maximum)}`;
}

/** A matrix as coloured cells, with the numbers where there is room for them. */
export function Heatmap(props: HeatmapProps) {
  const { values, scale = "diverging", digits = 3, legend = false } = props;
  const [rows, columns] = rowsAndColumns(values.shape);
  const reach = props.reach ?? extentOf(values.data).reach;
  return (
    <div className="viz-heatmap" data-sym={props.sym}>
      {rows * columns > mostCells ? (
        <div
          className="viz-heatmap-raster"
          role="img"
          aria-label={heatmapText(props.label, values)}
          style={{ aspectRatio: `${columns} / ${rows}` }}
        >
          <Surface
            values={{ shape: [rows, columns], data: values.data }}
            reach={reach}
            rowsRise={false}
            cells
          />
        </div>
      ) : (
        <Cells
          {...props}
          rows={rows}
          columns={columns}
          reach={reach}
          scale={scale}
          digits={digits}
        />
      )}
      {legend && <ColourLegend reach={reach} scale={scale} />}
    </div>
  );
}

interface CellsProps extends HeatmapProps {
  readonly rows: number;
  readonly columns: number;
  readonly reach: number;
  readonly digits: number;
}

function Cells({ values, rows, columns, reach, scale, digits, ...props }: CellsProps) {
  const colour = scale === "sequential" ? sequentialCss : divergingCss;
  const showsNumbers = columns <= mostNumbers;
  return (
    <table
      className={showsNumbers ? "viz-cells-table" : "viz-cells-table viz-crowded"}
      aria-label={heatmapText(props.label, values)}
    >
      {props.columnLabels && (
        <thead>
          <tr>
            {props.rowLabels && <td />}
            {Array.from({ length: columns }, (_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={column} scope="col">
                {props.columnLabels?.[column]}
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
              const value = values.data[row * columns + column] ?? Number.NaN;
              return (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  key={column}
                  className="viz-cell"
                  style={{ "--cell": colour(value, reach) } as CSSProperties}
                  title={numberText(value, 6)}
                >
                  <span>{numberText(value, digits)}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
