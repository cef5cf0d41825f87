import { type Arrays, type NDArray, shapeText, sizeOf } from "../data/ndarray.ts";
import type { Initialiser, ParameterSpec, Program } from "../models/program.ts";
import { identity, orthogonal } from "./orthogonal.ts";
import { randomStream } from "./random.ts";

/**
 * The values that a program's parameters start from.
 *
 * Each parameter has a random stream of its own, `init NAME`, so adding one to a model does not move
 * the others.
 *
 * @throws RangeError when a parameter's shape does not fit what its initialiser says
 */
export function initialParameters(specs: Program["parameters"], seed: number): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, initialValue(name, spec, seed)]),
  );
}

function initialValue(name: string, { shape, initial }: ParameterSpec, seed: number): NDArray {
  const size = sizeOf(shape);
  if (initial.kind === "values" && initial.values.length !== size) {
    throw new RangeError(
      `Parameter ${name} is ${shapeText(shape)}, so it starts from ${size} values; its initialiser lists ${initial.values.length}.`,
    );
  }
  if (initial.kind === "orthogonal" || initial.kind === "identity") {
    const [rows, columns] = matrixShape(name, shape);
    const { normal } = randomStream(seed, `init ${name}`);
    const matrix =
      initial.kind === "identity" ? identity(rows, columns) : orthogonal(rows, columns, normal);
    return { shape: [...shape], data: matrix.map((entry) => entry * initial.gain) };
  }
  const draw = drawing(initial, seed, name);
  return {
    shape: [...shape],
    data: Float32Array.from({ length: size }, (_, index) => draw(index)),
  };
}

/** What gives the entry at each flat index, asked in ascending order. */
function drawing(
  initial: Exclude<Initialiser, { kind: "orthogonal" | "identity" }>,
  seed: number,
  name: string,
): (index: number) => number {
  const stream = initial.kind === "chrono" ? (initial.like ?? name) : name;
  const { uniform, normal } = randomStream(seed, `init ${stream}`);
  const uniformWithin = (limit: number) => () => (2 * uniform() - 1) * limit;
  const normalOf = (deviation: number) => () => normal() * deviation;
  switch (initial.kind) {
    case "constant":
      return () => initial.value;
    case "values":
      return (index) => initial.values[index] as number;
    case "uniform":
      return uniformWithin(initial.limit);
    case "normal":
      return normalOf(initial.deviation);
    case "xavier":
      return uniformWithin(Math.sqrt(6 / (initial.fanIn + initial.fanOut)));
    case "he":
      return normalOf(Math.sqrt(2 / initial.fanIn));
    case "chrono": {
      const { longest, sign } = initial;
      if (!(longest >= 3)) {
        throw new RangeError(
          `Parameter ${name} starts for times of at least 3 steps (chrono), got ${longest}.`,
        );
      }
      return () => sign * Math.log(1 + uniform() * (longest - 2));
    }
  }
}

function matrixShape(name: string, shape: readonly number[]): [number, number] {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new RangeError(
      `Parameter ${name} starts as a matrix, so its shape has two numbers; it is ${shapeText(shape)}.`,
    );
  }
  return [rows, columns];
}
