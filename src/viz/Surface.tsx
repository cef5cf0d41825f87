import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { divergingTable, readPalette, readSequential, strength, tableIndex } from "./colour.ts";
import { extentOf, type Grid, rowsAndColumns } from "./grid.ts";
import { alphaPng } from "./png.ts";
import { useThemeCount } from "./theme.ts";

export interface SurfaceProps {
  /** `[rows, columns]`, or `[rows, columns, 1]`. */
  readonly values: Grid;
  /** The value that stays neutral: 0, or 0.5 for a probability. */
  readonly centre?: number;
  /** The distance from the centre at which the colour is full; default: the largest there is. */
  readonly reach?: number;
  /** True where row 0 is the lowest `y`, as in a grid built with rising coordinates. */
  readonly rowsRise?: boolean;
  /** Sharp cells instead of a smooth surface. */
  readonly cells?: boolean;
  /** `sequential` for magnitudes: from neutral, at the centre and below, to ink. */
  readonly scale?: "diverging" | "sequential";
}

interface Raster {
  readonly rows: number;
  readonly columns: number;
  /** Distances from the centre, top row first. */
  readonly values: Float32Array;
  readonly reach: number;
}

function raster(props: SurfaceProps): Raster {
  const { values, centre = 0, rowsRise = true } = props;
  const shape =
    values.shape.length > 2 && values.shape.at(-1) === 1 ? values.shape.slice(0, -1) : values.shape;
  const [rows, columns] = rowsAndColumns(shape);
  const turned = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = rowsRise ? rows - 1 - row : row;
    for (let column = 0; column < columns; column++) {
      turned[row * columns + column] = (values.data[from * columns + column] as number) - centre;
    }
  }
  return { rows, columns, values: turned, reach: props.reach ?? extentOf(turned).reach };
}

/**
 * A grid of values as a picture, orange above the centre and blue below (or, for magnitudes, darker
 * the larger): the `underlay` of a `Plane`.
 * A canvas in the browser; in the build's still, two masks over the theme's own colours.
 */
export function Surface(props: SurfaceProps) {
  const picture = raster(props);
  const Face = typeof document === "undefined" ? StillSurface : LiveSurface;
  return (
    <Face
      picture={picture}
      cells={props.cells ?? false}
      sequential={props.scale === "sequential"}
    />
  );
}

interface FaceProps {
  readonly picture: Raster;
  readonly cells: boolean;
  readonly sequential: boolean;
}

function LiveSurface({ picture, cells, sequential }: FaceProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeCount();
  const table = useRef<{ theme: number; bytes: Uint8ClampedArray } | null>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    if (table.current?.theme !== theme) {
      const palette = (sequential ? readSequential : readPalette)(canvas.current);
      table.current = { theme, bytes: divergingTable(palette) };
    }
    const image = context.createImageData(picture.columns, picture.rows);
    paint(image.data, picture, table.current.bytes);
    context.putImageData(image, 0, 0);
  });
  return (
    <canvas
      ref={canvas}
      width={picture.columns}
      height={picture.rows}
      className={cells ? "viz-surface viz-cells" : "viz-surface"}
    />
  );
}

function paint(pixels: Uint8ClampedArray, { values, reach }: Raster, table: Uint8ClampedArray) {
  for (let i = 0; i < values.length; i++) {
    const at = tableIndex(values[i] as number, reach);
    pixels[4 * i] = table[at] as number;
    pixels[4 * i + 1] = table[at + 1] as number;
    pixels[4 * i + 2] = table[at + 2] as number;
    pixels[4 * i + 3] = 255;
  }
}

/** Shades of a still's cells: enough for the eye, and a third of the bytes. */
const shades = 6;

function mask(
  { values, reach, rows, columns }: Raster,
  sign: 1 | -1,
  colour: string,
  cells: boolean,
): CSSProperties {
  const steps = cells ? shades - 1 : 255;
  const alpha = Uint8Array.from(values, (value) =>
    value * sign > 0 ? Math.round((255 * Math.round(steps * strength(value, reach))) / steps) : 0,
  );
  const image = `url(${alphaPng(alpha, columns, rows)})`;
  return { "--mask": image, backgroundColor: colour } as CSSProperties;
}

function StillSurface({ picture, cells, sequential }: FaceProps) {
  const above = sequential ? "var(--ink)" : "var(--positive)";
  return (
    <div className={cells ? "viz-surface viz-cells" : "viz-surface"}>
      <div className="viz-mask" style={mask(picture, 1, above, cells)} />
      {!sequential && (
        <div className="viz-mask" style={mask(picture, -1, "var(--negative)", cells)} />
      )}
    </div>
  );
}
