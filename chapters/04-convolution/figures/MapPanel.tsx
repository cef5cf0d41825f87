import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Outline, Picture, PictureGrid } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { mapName, symbolOf, tapOf } from "../digitsLab.ts";
import type { ChoosingUnits } from "./DigitStage.tsx";
import { type Holding, holding, mapHeld, withCell } from "./held.ts";
import { mapsOf, oneOf, type Unit, unitValue, within } from "./units.ts";

const holdings = [
  { value: "free", label: "as computed" },
  { value: "zero", label: "at zero" },
  { value: "frozen", label: "as it is now" },
] as const satisfies readonly { value: Holding; label: string }[];

/** The chosen map: its kernel, cell by cell, and the hand on the map itself. */
export function MapPanel({ frame, lab, chosen, onChoose, onPoint }: ChoosingUnits) {
  const unit = within(frame.config, chosen);
  const { stage, map } = unit;
  const name = mapName(stage, map);
  const state = mapHeld(frame, stage, map);
  const edit = (values: number[], gesture: string) => {
    const W = frame.values[tapOf(stage, "W")];
    if (W)
      void lab.write(
        tapOf(stage, "W"),
        { shape: W.shape, data: Float32Array.from(values) },
        gesture,
      );
  };
  return (
    <div className="map-panel">
      <Kernel frame={frame} lab={lab} unit={unit} onEdit={edit} />
      <figure className="map-large">
        <figcaption>
          Map {name}: <span data-sym={symbolOf("a")}>a</span>
          {state !== "free" && " (held: press a cell to paint it)"}
        </figcaption>
        <Units
          frame={frame}
          unit={unit}
          onChoose={onChoose}
          onPoint={onPoint}
          onPaint={
            state === "free" ? undefined : (cell) => void lab.edit(withCell(frame, cell), "paint")
          }
        />
      </figure>
      <div className="map-hold">
        <Segmented
          label={`Hold ${name}`}
          value={state}
          options={holdings}
          onChange={(next) => lab.edit(holding(frame, stage, map, next as Holding))}
        />
        <p className="figure-note">
          {state === "free"
            ? "Held at zero it is as if the map were not there. Held as it is now, it stays so whatever you draw, and you can paint it."
            : "It is held for every picture, the held-out ones too, and in training."}
        </p>
        <p className="map-sum">
          At the chosen cell the weighted sum with the bias is{" "}
          <span data-sym={symbolOf("z")}>z</span> = {numberText(unitValue(frame, unit, "z"))}
          {state === "free" ? ", and what is above zero goes on: " : ". But the map is held: "}
          <span data-sym={symbolOf("a")}>a</span> = {numberText(unitValue(frame, unit, "a"))}.
        </p>
      </div>
    </div>
  );
}

interface KernelProps extends Pick<ChoosingUnits, "frame" | "lab"> {
  readonly unit: Unit;
  readonly onEdit: (values: number[], gesture: string) => void;
}

/** The kernel of a map, one channel at a time, and its bias. */
function Kernel({ frame, lab, unit, onEdit }: KernelProps) {
  const { stage, map } = unit;
  const isStill = useStillness();
  const [wanted, setChannel] = useState(0);
  const W = frame.values[tapOf(stage, "W")];
  const b = frame.values[tapOf(stage, "b")];
  if (!W || !b) return null;
  const [, channels = 1, k = 1] = W.shape;
  const channel = Math.min(wanted, channels - 1);
  const at = (map * channels + channel) * k * k;
  const own = channelKernels(W, map);
  const name = mapName(stage, map);
  const from = channels === 1 ? "" : ` for map ${mapName(0, channel)}`;
  return (
    <div className="map-kernel">
      <span>
        Kernel of {name}
        {from}: <span data-sym={symbolOf("W")}>W</span>
      </span>
      {channels > 1 && (
        <PictureGrid
          values={own}
          label="Channels of the kernel"
          nameOf={(i) => `The part for map ${mapName(0, i)}`}
          columns={channels}
          scale="diverging"
          reach={Math.max(1e-6, extentOf(W.data).reach)}
          chosen={channel}
          disabled={isStill}
          onChoose={setChannel}
        />
      )}
      <EditableMatrix
        key={`${stage} ${map} ${channel}`}
        values={oneOf(own, channel)}
        label={`Kernel of ${name}${from}`}
        reach={Math.max(1e-6, extentOf(W.data).reach)}
        digits={2}
        width={6}
        onChange={(next, gesture) => {
          const all = Array.from(W.data);
          all.splice(at, next.length, ...next);
          onEdit(all, gesture);
        }}
        sym={symbolOf("W")}
      />
      <span className="map-bias">
        <span data-sym={symbolOf("b")}>bias b</span>
        <NumberField
          key={`${stage} ${map}`}
          label={`Bias of ${name}`}
          value={entry(b, map)}
          width={7}
          onChange={(value, gesture) => {
            const all = Array.from(b.data);
            all[map] = value;
            return lab.write(tapOf(stage, "b"), all, gesture);
          }}
        />
      </span>
    </div>
  );
}

/** The kernels of one map, `[channels, k, k]`. */
function channelKernels({ shape, data }: NDArray, map: number): NDArray {
  const [, channels = 1, k = 1] = shape;
  const size = channels * k * k;
  return { shape: [channels, k, k], data: data.slice(map * size, (map + 1) * size) };
}

interface UnitsProps extends Pick<ChoosingUnits, "frame" | "onChoose" | "onPoint"> {
  readonly unit: Unit;
  readonly onPaint: ((unit: Unit) => void) | undefined;
}

/** A map in large, of which a cell is chosen: by hand, or by the arrow keys. A map that is held can be painted. */
function Units({ frame, unit, onChoose, onPoint, onPaint }: UnitsProps) {
  const isStill = useStillness();
  const all = frame.values[tapOf(unit.stage, "a")];
  const values = oneOf(mapsOf(all), unit.map);
  const [rows = 1, columns = 1] = values.shape;
  const under = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): Unit => {
    const box = currentTarget.getBoundingClientRect();
    const along = (part: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    return {
      ...unit,
      row: along((clientY - box.top) / box.height, rows),
      column: along((clientX - box.left) / box.width, columns),
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [down, right] = arrows[event.key] ?? [0, 0];
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") onPaint?.(unit);
    else if (down === 0 && right === 0) return;
    onChoose(
      within(frame.config, {
        ...unit,
        row: Math.max(0, unit.row + down),
        column: Math.max(0, unit.column + right),
      }),
    );
    event.preventDefault();
    event.stopPropagation();
  };
  const hands = isStill
    ? {}
    : {
        onKeyDown,
        onPointerMove: (event: PointerEvent<HTMLElement>) => onPoint(under(event)),
        onPointerLeave: () => onPoint(null),
        onPointerDown: (event: PointerEvent<HTMLElement>) => {
          const cell = under(event);
          onChoose(cell);
          onPaint?.(cell);
        },
      };
  const name = mapName(unit.stage, unit.map);
  return (
    <div
      className="map-units"
      role="slider"
      aria-label={`Cell of map ${name}`}
      aria-valuenow={unit.row * columns + unit.column}
      aria-valuemin={0}
      aria-valuemax={rows * columns - 1}
      aria-valuetext={`row ${unit.row + 1}, column ${unit.column + 1}: ${numberText(unitValue(frame, unit, "a"))}`}
      aria-disabled={isStill || undefined}
      tabIndex={isStill ? -1 : 0}
      {...hands}
    >
      <Picture
        values={values}
        label={`Map ${name}`}
        reach={Math.max(1e-6, extentOf(all?.data ?? []).reach)}
        sym={symbolOf("a")}
      >
        <Outline row={unit.row} column={unit.column} kind="touch" />
      </Picture>
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
