import type { NDArray } from "../../../src/data/ndarray.ts";
import type { ConfigValue } from "../../../src/training/lab.ts";
import type { Domain } from "../../../src/viz/scale.ts";
import { curveRange } from "../labs.ts";

type Point = readonly [number, number];

/** The i-th value of z at which curves are taken. */
function zAt(i: number): number {
  const { from, to, count } = curveRange;
  return from + ((to - from) * i) / (count - 1);
}

/** The points of a watched curve over z; broken at 0 for the step, which jumps there. */
export function curvePoints(values: NDArray | undefined, activation: ConfigValue | undefined) {
  const points: Point[] = Array.from(values?.data ?? [], (value, i) => [zAt(i), value]);
  if (activation !== "step") return points;
  const jump = points.findIndex(([z]) => z > 0);
  const [, after = 0] = points[jump] ?? [];
  return [
    ...points.slice(0, jump),
    [0, Number.NaN] as Point,
    [0, after] as Point,
    ...points.slice(jump),
  ];
}

/** A watched curve read off at `z`, between its samples linearly. */
export function readOff(values: NDArray | undefined, z: number): number {
  const { from, to, count } = curveRange;
  const at = Math.min(count - 1, Math.max(0, ((z - from) / (to - from)) * (count - 1)));
  const i = Math.min(count - 2, Math.floor(at));
  const [left, right] = [values?.data[i] ?? Number.NaN, values?.data[i + 1] ?? Number.NaN];
  return left + (right - left) * (at - i);
}

/** How much height the curve of an activation function needs. */
export function heightOf(activation: ConfigValue | undefined): Domain {
  if (activation === "step" || activation === "sigmoid") return [-0.1, 1.1];
  return activation === "tanh" ? [-1.2, 1.2] : [-1, 6];
}

/** The stretches of z on which the watched slope is smaller than `limit`. */
export function flatStretches(slopes: NDArray | undefined, limit: number): Domain[] {
  const stretches: [number, number][] = [];
  let isOpen = false;
  for (const [i, slope] of (slopes?.data ?? new Float32Array()).entries()) {
    const isFlat = Math.abs(slope) < limit;
    const last = stretches.at(-1);
    if (isFlat && isOpen && last) last[1] = zAt(i);
    else if (isFlat) stretches.push([zAt(i), zAt(i)]);
    isOpen = isFlat;
  }
  return stretches;
}
