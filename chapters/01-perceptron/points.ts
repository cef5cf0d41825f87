import { type Arrays, ndarray } from "../../src/data/ndarray.ts";

/** The square of the plane that the line lab shows; the four corners of the gates lie well inside. */
export const plane = { from: -0.6, to: 1.6, steps: 45 } as const;

/** The four inputs of a gate: (0, 0), (0, 1), (1, 0), (1, 1). */
export const corners = ndarray([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

/** What each gate answers at the four corners, in their order. */
export const gates = {
  and: [0, 0, 0, 1],
  or: [0, 1, 1, 1],
  nand: [1, 1, 1, 0],
  xor: [0, 1, 1, 0],
} as const;

/** The middles of the cells of a grid over the plane, `[steps², 2]`: x₁ runs fastest, x₂ rises. */
export function planeGrid() {
  const at = (i: number) => plane.from + ((plane.to - plane.from) * (i + 0.5)) / plane.steps;
  const rows = Array.from({ length: plane.steps ** 2 }, (_, i) => [
    at(i % plane.steps),
    at(Math.floor(i / plane.steps)),
  ]);
  return ndarray(rows);
}

/** The points of a task: a gate's four corners, or two clouds that a line can part. */
export function pointsOf(task: keyof typeof gates | "blobs", random: () => number): Arrays {
  if (task !== "blobs") return { x: corners, y: ndarray(gates[task]) };
  return clouds(random);
}

const cloudSize = 16;
const centres = [
  [0.1, 0.85],
  [0.85, 0.15],
] as const;
const spread = 0.17;

/** Two clouds of `cloudSize` points, normal about their centres; the first one is class 0. */
function clouds(random: () => number): Arrays {
  const x: number[][] = [];
  const y: number[] = [];
  for (const [label, [x_1, x_2]] of centres.entries()) {
    for (let i = 0; i < cloudSize; i++) {
      const [u, v] = normalPair(random);
      x.push([x_1 + spread * u, x_2 + spread * v]);
      y.push(label);
    }
  }
  return { x: ndarray(x), y: ndarray(y) };
}

/** Two independent standard normal numbers, cut off at 2 so that no point leaves the picture. Box & Muller 1958. */
function normalPair(random: () => number): [number, number] {
  const radius = Math.min(2, Math.sqrt(-2 * Math.log(1 - random())));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
