import { memo } from "react";
import { contourLines } from "./contours.ts";
import type { Grid } from "./grid.ts";
import { usePlane } from "./planeContext.ts";

export interface ContoursProps {
  /** `[rows, columns]` over the whole plane, each entry in the middle of its cell, rows rising. */
  readonly values: Grid;
  readonly levels: readonly number[];
}

/** The lines of equal height of a grid of values, in a `Plane`. Drawn anew only for other values. */
export const Contours = memo(function Contours({ values, levels }: ContoursProps) {
  const { x, y } = usePlane();
  const [rows = 1, columns = 1] = values.shape;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const place = ([column, row]: readonly [number, number]) => [
    left + ((column + 0.5) / columns) * (right - left),
    bottom + ((row + 0.5) / rows) * (top - bottom),
  ];
  const path = (line: readonly (readonly [number, number])[]): string => {
    let last = [0, 0];
    return line
      .map((point, i) => {
        const [px = 0, py = 0] = place(point).map((at) => Math.round(at * 10) / 10);
        const step = i === 0 ? `M${px} ${py}` : `l${delta(px, last[0])} ${delta(py, last[1])}`;
        last = [px, py];
        return step;
      })
      .join("");
  };
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the lines take no focus
    <g aria-hidden="true">
      {levels.map((level) => (
        <path
          key={level}
          className="viz-contour"
          d={contourLines(values.data, columns, level).map(path).join("")}
        />
      ))}
    </g>
  );
});

const delta = (to: number, from = 0): number => Math.round((to - from) * 10) / 10;
