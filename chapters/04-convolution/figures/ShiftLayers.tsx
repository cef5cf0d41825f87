import { useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture, PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { moved } from "../shiftData.ts";
import { layerOf, layers } from "../shiftNets.ts";
import { mapsOf, oneOf } from "./units.ts";

/** One layer, of the picture as it is and of the shifted one: is the one the other, shifted? */
export function ShiftLayers({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const [wanted, setMap] = useState(0);
  const isStill = useStillness();
  const { config, values } = frame;
  const { right, down } = config as { right: number; down: number };
  const layer = layerOf(config.layer);
  const tap = values[layer.tap];
  const [before, after] = [0, 1].map((which) => mapsAt(tap, which as 0 | 1)) as [NDArray, NDArray];
  const map = Math.min(wanted, (before.shape[0] ?? 1) - 1);
  const isMap = layer.stride !== null;
  const all = Math.max(1e-6, extentOf(tap?.data ?? []).reach);
  const [one, other] = isMap
    ? [oneOf(before, map), oneOf(after, map)]
    : [inRow(before), inRow(after)];
  const cells = (by: number) => Math.round(by / (layer.stride ?? 1));
  const expected = isMap ? moved(one, cells(right), cells(down), one.data[0]) : one;
  const difference: NDArray = {
    shape: other.shape,
    data: other.data.map((value, i) => value - (expected.data[i] ?? 0)),
  };
  return (
    <div className="shift-layers">
      <div className="shift-choose">
        <Select
          label="Layer"
          value={layer.value}
          options={layers.map(({ value, label }) => ({ value, label }))}
          onChange={(next) => lab.configure({ layer: next })}
        />
        {isMap && (
          <PictureGrid
            values={before}
            label="Feature maps"
            nameOf={(i) => `Map ${i + 1}`}
            columns={8}
            reach={all}
            chosen={map}
            disabled={isStill}
            onChoose={setMap}
          />
        )}
      </div>
      <div className="shift-compare">
        <figure>
          <figcaption>
            {isMap
              ? `map ${map + 1}, moved by ${cellsText(cells(right), cells(down))}`
              : "before the shift"}
          </figcaption>
          <Picture values={expected} label="The map of the picture, moved" reach={all} />
        </figure>
        <figure>
          <figcaption>{isMap ? "the map of the shifted picture" : "after the shift"}</figcaption>
          <Picture values={other} label="The map of the shifted picture" reach={all} />
        </figure>
        <figure>
          <figcaption>difference</figcaption>
          <Picture values={difference} label="Their difference" scale="diverging" reach={all} />
        </figure>
      </div>
      <p className="figure-note">{verdict(layer.stride, right, down, difference, one)}</p>
    </div>
  );
}

/** The maps of one of the two pictures, `[c, h, w]`; of a layer without places, `[1, 1, n]`. */
function mapsAt(tap: NDArray | undefined, which: 0 | 1): NDArray {
  const size = (tap?.data.length ?? 2) / 2;
  const data = tap?.data.slice(which * size, (which + 1) * size) ?? new Float32Array(1);
  const shape = [1, ...(tap?.shape.slice(1) ?? [1, 1, 1])];
  return shape.length === 4 ? mapsOf({ shape, data }) : { shape: [1, 1, size], data };
}

/** Numbers without places, as two rows. */
function inRow({ data }: NDArray): NDArray {
  return { shape: [2, data.length / 2], data };
}

function cellsText(right: number, down: number): string {
  const one = (by: number, plus: string, minus: string) =>
    by === 0 ? "" : `${Math.abs(by)} ${by > 0 ? plus : minus}`;
  const parts = [one(right, "right", "left"), one(down, "down", "up")].filter(
    (part) => part !== "",
  );
  return parts.length === 0 ? "no cell" : parts.join(", ");
}

function verdict(
  stride: number | null,
  right: number,
  down: number,
  difference: NDArray,
  before: NDArray,
): string {
  const greatest = extentOf(difference.data).reach;
  const reach = extentOf(before.data).reach;
  const size = `The greatest difference is ${numberText(greatest)}, where the greatest number is ${numberText(reach)}.`;
  if (stride === null) return `These numbers have no place. ${size}`;
  if (stride > 1 && (right % stride !== 0 || down % stride !== 0)) {
    return `A cell here is ${stride} pixels wide, and the shift is no whole number of cells: no moved map fits. ${size}`;
  }
  return greatest < 1e-5 ? "The one is the other, moved: the difference is 0 everywhere." : size;
}
