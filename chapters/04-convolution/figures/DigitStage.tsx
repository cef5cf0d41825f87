import type { PointerEvent } from "react";
import { extentOf } from "../../../src/viz/grid.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { mapName, symbolOf, tapOf } from "../digitsLab.ts";
import { kernelSheets, mapsOf, type Unit } from "./units.ts";

/** What the parts of the figure share: which unit is on show, and how another one is chosen. */
export interface ChoosingUnits extends Pick<FigureProps, "frame" | "lab"> {
  readonly chosen: Unit;
  readonly onChoose: (unit: Unit) => void;
  readonly onPoint: (unit: Unit | null) => void;
}

/** Pictures a row: the maps of the second stage stand in two. */
const columns = 8;

/** One stage: the kernels of each map, and under them what it makes of the picture. */
export function Stage({
  stage,
  frame,
  chosen,
  onChoose,
  onPoint,
}: ChoosingUnits & { readonly stage: 0 | 1 }) {
  const isStill = useStillness();
  const a = mapsOf(frame.values[tapOf(stage, "a")]);
  const kernels = kernelSheets(frame.values[tapOf(stage, "W")]);
  const [count = 0, h = 1, w = 1] = a.shape;
  const reach = Math.max(1e-6, extentOf(a.data).reach);
  const weights = Math.max(1e-6, extentOf(kernels.data).reach);
  const rows = Array.from({ length: Math.ceil(count / columns) }, (_, row) => row);
  const choose = (map: number) => onChoose({ ...chosen, stage, map });
  return (
    <figure className="digits-stage">
      <figcaption>
        Stage {"AB"[stage]}: {count} kernels{stage === 1 ? " of 8 channels" : ""}, and the {count}{" "}
        maps that they make, {h} × {w} each
      </figcaption>
      {rows.map((row) => {
        const from = row * columns;
        const own = chosen.stage === stage && Math.floor(chosen.map / columns) === row;
        const part = { columns, disabled: isStill, ...(own && { chosen: chosen.map - from }) };
        const toUnit = (event: PointerEvent<HTMLElement>): Unit | null => {
          const found = cellUnder(event, [h, w]);
          return found && { ...found, stage, map: found.map + from };
        };
        return (
          <div key={row} className="digits-row">
            <PictureGrid
              {...part}
              values={slice(kernels, from)}
              label="The kernels"
              nameOf={(i) => `Kernel of map ${mapName(stage, from + i)}`}
              scale="diverging"
              reach={weights}
              sym={symbolOf("W")}
              onChoose={(i) => choose(from + i)}
            />
            <div
              onPointerMove={(event) => onPoint(toUnit(event))}
              onPointerLeave={() => onPoint(null)}
              onPointerUp={(event) => {
                const unit = toUnit(event);
                if (unit) onChoose(unit);
              }}
            >
              <PictureGrid
                {...part}
                values={slice(a, from)}
                label="The feature maps"
                nameOf={(i) => `Map ${mapName(stage, from + i)}`}
                reach={reach}
                sym={symbolOf("a")}
                onChoose={(i) => choose(from + i)}
              />
            </div>
          </div>
        );
      })}
    </figure>
  );
}

function slice({ shape, data }: ReturnType<typeof mapsOf>, from: number) {
  const [, h = 1, w = 1] = shape;
  const part = data.slice(from * h * w, (from + columns) * h * w);
  return { shape: [part.length / (h * w), h, w], data: part };
}

/** The map and the cell under the pointer, on a row of maps with a cell's width between them. */
function cellUnder(
  { clientX, clientY, currentTarget }: PointerEvent<HTMLElement>,
  [h, w]: readonly [number, number],
) {
  const box = currentTarget.getBoundingClientRect();
  const across = ((clientX - box.left) / box.width) * (columns * (w + 1) - 1);
  const row = Math.floor(((clientY - box.top) / box.height) * h);
  const [map, column] = [Math.floor(across / (w + 1)), Math.floor(across % (w + 1))];
  const isInside = row >= 0 && row < h && column < w && map >= 0 && map < columns;
  return isInside ? { map, row, column } : null;
}
