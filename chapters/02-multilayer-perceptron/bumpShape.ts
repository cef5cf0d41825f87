import { entry, type NDArray } from "../../src/data/ndarray.ts";
import type { Frame } from "../../src/training/lab.ts";

/** A bump by its two hidden units: where each steps, how steeply, and what the output makes of it. */
export interface BumpShape {
  /** −b/w of the first unit, and of the second: where each is one half. */
  readonly left: number;
  readonly right: number;
  readonly w: readonly [number, number];
  readonly b: readonly [number, number];
  /** The output's weights. */
  readonly v: readonly [number, number];
  /** Half the difference of the output's weights: the height, where they are opposite. */
  readonly height: number;
  /** Whether the output's weights are opposite and the slopes alike, as in a bump made by hand. */
  readonly isClean: boolean;
}

export type BumpPart = "left" | "right" | "height";

const pair = (array: NDArray | undefined, j: number): readonly [number, number] => [
  entry(array, 2 * j),
  entry(array, 2 * j + 1),
];

/** Where a unit is one half; a unit without slope steps nowhere. */
const edge = (w: number, b: number): number => (Math.abs(w) < 1e-3 ? Number.NaN : -b / w);

/** The bumps that the network of a frame is made of. */
export function bumpShapes({ values }: Frame): BumpShape[] {
  const count = (values["layers.0.b"]?.data.length ?? 0) / 2;
  return Array.from({ length: count }, (_, j) => {
    const w = pair(values["layers.0.W"], j);
    const b = pair(values["layers.0.b"], j);
    const v = pair(values["layers.1.W"], j);
    const isOpposite = Math.abs(v[0] + v[1]) <= 0.02 * Math.max(1, Math.abs(v[0]));
    const isAlike = Math.abs(w[0] - w[1]) <= 0.02 * Math.abs(w[0]);
    return {
      left: edge(w[0], b[0]),
      right: edge(w[1], b[1]),
      w,
      b,
      v,
      height: (v[0] - v[1]) / 2,
      isClean: isOpposite && isAlike,
    };
  });
}

/** The network's arrays with another edge or height for bump `j`. A height makes its pair opposite again. */
export function withPart(
  shapes: readonly BumpShape[],
  j: number,
  part: BumpPart,
  value: number,
): { readonly name: "layers.0.b" | "layers.1.W"; readonly value: number[] | number[][] } {
  if (part === "height") {
    return {
      name: "layers.1.W",
      value: [shapes.flatMap(({ v }, at) => (at === j ? [value, -value] : v))],
    };
  }
  const side = part === "left" ? 0 : 1;
  return {
    name: "layers.0.b",
    value: shapes.flatMap(({ w, b }, at) =>
      b.map((old, unit) => (at === j && unit === side ? -(w[unit] ?? 0) * value : old)),
    ),
  };
}

/** The arrays with every hidden unit's slope `w`, each stepping where it steps now. */
export function withSlope(shapes: readonly BumpShape[], w: number) {
  const edges = shapes.flatMap(({ left, right }) => [left, right]);
  return {
    "layers.0.W": edges.map(() => [w]),
    "layers.0.b": edges.map((at) => -w * (Number.isFinite(at) ? at : 0)),
  };
}
