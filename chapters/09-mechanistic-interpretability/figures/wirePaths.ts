import { readers, type Wire, writers } from "../wires.ts";

/** The drawing's size, in its own units. */
export const size = { width: 660, height: 300 } as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const headBox = { width: 96, height: 96 } as const;
/** By writer: the two embeddings, then the heads. */
export const writerBoxes: readonly Box[] = [
  { x: 4, y: 52, width: 84, height: 40 },
  { x: 4, y: 208, width: 84, height: 40 },
  { x: 214, y: 26, ...headBox },
  { x: 214, y: 178, ...headBox },
  { x: 404, y: 26, ...headBox },
  { x: 404, y: 178, ...headBox },
];
export const logitsBox: Box = { x: 582, y: 122, width: 74, height: 56 };

type Point = readonly [number, number];

/** Where a writer's wires begin. */
function out(from: number): Point {
  const { x, y, width, height } = writerBoxes[from] as Box;
  return [x + width, y + height / 2];
}

/** Where a reader's wires end; by reader, the letter of a head's port stands there. */
export function port(to: number): Point {
  const reader = readers[to];
  if (!reader || reader.kind === "U") return [logitsBox.x, logitsBox.y + logitsBox.height / 2];
  const box = writerBoxes[2 + Math.floor(to / 3)] as Box;
  return [box.x, box.y + (box.height * ((to % 3) + 0.5)) / 3];
}

/** Above the heads, between them, and below. */
const lanes = { above: 10, between: 150, below: 290 } as const;

/** The points that a wire goes through: past the heads of a layer that it does not end in. */
function pointsOf({ from, to }: Wire): Point[] {
  const [start, end] = [out(from), port(to)];
  const upper = start[1] < lanes.between;
  const past = (column: number, y: number): Point[] => [
    [column, y],
    [column + headBox.width, y],
  ];
  const [first, second] = [214, 404];
  const isLogits = to === readers.length - 1;
  if (from >= 2) {
    const skips = isLogits && from < 4;
    return [start, ...(skips ? past(second, lanes.between + (upper ? -8 : 8)) : []), end];
  }
  if (isLogits) {
    const y = upper ? lanes.above - 5 : lanes.below + 5;
    return [start, ...past(first, y), ...past(second, y), end];
  }
  if (to < 6) return [start, end];
  const isUpperEnd = end[1] < lanes.between;
  const lane = upper
    ? isUpperEnd
      ? lanes.above
      : lanes.between - 6
    : isUpperEnd
      ? lanes.between + 6
      : lanes.below;
  return [start, ...past(first, lane), end];
}

/** A smooth way through them, level at every point. */
export function wirePath(wire: Wire): string {
  const points = pointsOf(wire);
  const [[x0, y0] = [0, 0]] = points;
  const parts = points.slice(1).map(([x, y], i) => {
    const [px] = points[i] as Point;
    const pull = (x - px) / 2;
    return `C${px + pull} ${(points[i] as Point)[1]} ${x - pull} ${y} ${x} ${y}`;
  });
  return `M${x0} ${y0}${parts.join("")}`;
}

export const names: readonly string[] = writers.map((writer) =>
  writer === "token" ? "letter" : writer,
);
