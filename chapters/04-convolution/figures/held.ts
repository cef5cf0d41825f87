import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { Edit, Frame } from "../../../src/training/lab.ts";
import { tapOf } from "../digitsLab.ts";
import type { Unit } from "./units.ts";

/** What a map is: as computed, at zero, or as it stood when it was held. */
export type Holding = "free" | "zero" | "frozen";

/** How a map is held now. */
export function mapHeld({ values }: Frame, stage: number, map: number): Holding {
  if (entry(values[tapOf(stage, "keep")], map) !== 0) return "free";
  const a = values[tapOf(stage, "a")];
  const count = a?.shape.at(-1) ?? 1;
  const isBlank = a?.data.every((value, i) => i % count !== map || value === 0) ?? true;
  return isBlank ? "zero" : "frozen";
}

/** The taps that hold the maps of a stage as they are held now. */
function heldNow({ values }: Frame, stage: number) {
  const keep = Float32Array.from(values[tapOf(stage, "keep")]?.data ?? []);
  const a = values[tapOf(stage, "a")] as NDArray;
  // A map of which nothing is kept is what was put in its place.
  const put = a.data.map((value, i) => (keep[i % keep.length] === 0 ? value : 0));
  return { keep, put, shape: a.shape.slice(1) };
}

function asEdit(stage: number, { keep, put, shape }: ReturnType<typeof heldNow>): Edit {
  const names = [tapOf(stage, "keep"), tapOf(stage, "put")] as const;
  if (keep.every((kept) => kept === 1)) return { release: names };
  return { write: { [names[0]]: keep, [names[1]]: { shape, data: put } } };
}

/** Holds a map so, or lets it go; the others stay as they are. */
export function holding(frame: Frame, stage: number, map: number, next: Holding): Edit {
  const held = heldNow(frame, stage);
  const a = frame.values[tapOf(stage, "a")];
  held.keep[map] = next === "free" ? 1 : 0;
  for (let i = map; i < held.put.length; i += held.keep.length) {
    held.put[i] = next === "frozen" ? entry(a, i) : 0;
  }
  return asEdit(stage, held);
}

/** Paints a cell of a map that is held: from blank to as strong as any of its stage, and back. */
export function withCell(frame: Frame, { stage, map, row, column }: Unit): Edit {
  const held = heldNow(frame, stage);
  const [, columns = 1] = held.shape;
  const at = (row * columns + column) * held.keep.length + map;
  const a = frame.values[tapOf(stage, "a")]?.data ?? new Float32Array(1);
  const full = a.reduce((most, value) => Math.max(most, value), 0) || 1;
  held.put[at] = held.put[at] === 0 ? full : 0;
  return asEdit(stage, held);
}
