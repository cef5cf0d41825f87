import { plane } from "../points.ts";

/** A place, or a direction, in the plane. */
export type Vector = readonly [number, number];

/** The line w·x + b = 0. */
export interface Line {
  readonly w: Vector;
  readonly b: number;
}

export const dot = (u: Vector, v: Vector): number => u[0] * v[0] + u[1] * v[1];
const along = (from: Vector, direction: Vector, length: number): Vector => [
  from[0] + length * direction[0],
  from[1] + length * direction[1],
];
const turnedLeft = ([x, y]: Vector): Vector => [-y, x];
const normed = (v: Vector): Vector => {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length];
};

/** The unit vector along w, at a right angle to the line. */
export const normal = ({ w }: Line): Vector => normed(w);

/** The unit vector along the line, with the yes side on its right. */
export const direction = (line: Line): Vector => turnedLeft(normal(line));

/** The point of the line that is nearest to `place`. */
export function nearestOn({ w, b }: Line, place: Vector): Vector {
  return along(place, w, -(dot(w, place) + b) / dot(w, w));
}

/** The line, moved without turning until it passes through `place`. */
export function movedTo({ w }: Line, place: Vector): Line {
  return { w, b: -dot(w, place) };
}

/**
 * The line, turned about `pivot` until the handle on it is seen in the direction of `place`; w keeps
 * its length. `sense` is 1 where the handle is ahead of the pivot along `direction`, −1 where behind.
 */
export function turnedTo({ w }: Line, pivot: Vector, place: Vector, sense: 1 | -1): Line {
  const d = normed([place[0] - pivot[0], place[1] - pivot[1]]);
  const length = sense * Math.hypot(...w);
  const next: Vector = [length * d[1], -length * d[0]];
  return { w: next, b: -dot(next, pivot) };
}

/** The point on the ray from `pivot` through `place` at the distance `length`. */
export function atDistance(pivot: Vector, place: Vector, length: number): Vector {
  const ray: Vector = [place[0] - pivot[0], place[1] - pivot[1]];
  return Math.hypot(...ray) < 1e-6
    ? along(pivot, [1, 0], length)
    : along(pivot, normed(ray), length);
}

/** How far from `from`, in each sense of `d`, the square of the plane reaches: [backwards, forwards]. */
export function roomAlong(from: Vector, d: Vector): readonly [number, number] {
  let [back, forth] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const axis of [0, 1] as const) {
    if (Math.abs(d[axis]) < 1e-9) continue;
    const ends = [plane.from, plane.to].map((edge) => (edge - from[axis]) / d[axis]);
    back = Math.max(back, Math.min(...ends));
    forth = Math.min(forth, Math.max(...ends));
  }
  return [back, forth];
}

const arm = 0.6;

/** Where the handle that turns the line stands, ahead of the pivot unless there is no room. */
export function turningHandle(
  line: Line,
  pivot: Vector,
): { at: Vector; arm: number; sense: 1 | -1 } {
  const d = direction(line);
  const [back, forth] = roomAlong(pivot, d);
  const sense = forth < 0.3 && -back > forth ? -1 : 1;
  const length = Math.max(0.15, Math.min(arm, 0.9 * (sense === 1 ? forth : -back)));
  return { at: along(pivot, d, sense * length), arm: length, sense };
}

/** The part of the line that the square shows; null where it passes outside. */
export function visiblePart(line: Line): readonly [Vector, Vector] | null {
  const d = direction(line);
  const from = nearestOn(line, [(plane.from + plane.to) / 2, (plane.from + plane.to) / 2]);
  const [back, forth] = roomAlong(from, d);
  return back < forth && isInside(along(from, d, (back + forth) / 2))
    ? [along(from, d, back), along(from, d, forth)]
    : null;
}

export function isInside([x, y]: Vector): boolean {
  const tolerance = 1e-6;
  return [x, y].every((value) => value >= plane.from - tolerance && value <= plane.to + tolerance);
}
