import { type CSSProperties, useLayoutEffect, useRef } from "react";
import {
  classCss,
  mixRgb,
  type Palette,
  type Rgb,
  readClassColours,
  readPalette,
} from "./colour.ts";
import type { Grid } from "./grid.ts";
import { alphaPng } from "./png.ts";
import { useThemeCount } from "./theme.ts";

export interface ClassSurfaceProps {
  /** A belief in each class at each place: `[rows · columns, classes]`, each row from 0 to 1 and summing to 1. */
  readonly values: Grid;
  readonly columns: number;
  /** True where row 0 is the lowest `y`, as in a grid built with rising coordinates (default). */
  readonly rowsRise?: boolean;
}

interface Raster {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  /** The most likely class of each place, top row first. */
  readonly winners: Uint8Array;
  /** How sure: 0 where all classes are equally likely, 1 where there is no doubt. */
  readonly sureness: Float32Array;
}

/** The class of each place, and how far its belief lies above an even guess. */
export function classRaster({ values, columns, rowsRise = true }: ClassSurfaceProps): Raster {
  const classes = values.shape.at(-1) ?? 1;
  const places = values.data.length / classes;
  const rows = Math.round(places / columns);
  const winners = new Uint8Array(places);
  const sureness = new Float32Array(places);
  for (let place = 0; place < places; place++) {
    const row = Math.floor(place / columns);
    const from = (rowsRise ? rows - 1 - row : row) * columns + (place % columns);
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if ((values.data[from * classes + k] ?? 0) > (values.data[from * classes + best] ?? 0))
        best = k;
    }
    const belief = values.data[from * classes + best] ?? 0;
    winners[place] = best;
    sureness[place] = Math.min(1, Math.max(0, (belief * classes - 1) / Math.max(1, classes - 1)));
  }
  return { rows, columns, classes, winners, sureness };
}

/**
 * Which class wins at each place of a grid, in that class's hue, the paler the less sure: the
 * `underlay` of a `Plane`. A canvas in the browser; in the build's still, a mask a class.
 */
export function ClassSurface(props: ClassSurfaceProps) {
  const picture = classRaster(props);
  const Face = typeof document === "undefined" ? StillFace : LiveFace;
  return <Face picture={picture} />;
}

interface Colours {
  readonly theme: number;
  readonly palette: Palette;
  readonly classes: readonly Rgb[];
}

function LiveFace({ picture }: { readonly picture: Raster }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeCount();
  const colours = useRef<Colours | null>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    if (colours.current?.theme !== theme) {
      const classes = readClassColours(element, 4);
      colours.current = { theme, palette: readPalette(element), classes };
    }
    const { palette, classes } = colours.current;
    const image = context.createImageData(picture.columns, picture.rows);
    for (let place = 0; place < picture.winners.length; place++) {
      const hue = classes[(picture.winners[place] ?? 0) % 4] ?? palette.neutral;
      image.data.set(mixRgb(palette.neutral, hue, (picture.sureness[place] ?? 0) * 0.7), 4 * place);
      image.data[4 * place + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  });
  return (
    <canvas ref={canvas} width={picture.columns} height={picture.rows} className="viz-surface" />
  );
}

function StillFace({ picture }: { readonly picture: Raster }) {
  return (
    <div className="viz-surface">
      {Array.from({ length: picture.classes }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
        <div key={index} className="viz-mask" style={maskOf(picture, index)} />
      ))}
    </div>
  );
}

function maskOf({ winners, sureness, rows, columns }: Raster, index: number): CSSProperties {
  const alpha = Uint8Array.from(winners, (winner, place) =>
    winner === index ? Math.round(255 * 0.7 * (sureness[place] ?? 0)) : 0,
  );
  const image = `url(${alphaPng(alpha, columns, rows)})`;
  return { "--mask": image, backgroundColor: classCss(index) } as CSSProperties;
}
