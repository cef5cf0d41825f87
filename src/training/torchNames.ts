import { type Arrays, filled, type NDArray, shapeText, sizeOf } from "../data/ndarray.ts";
import type { Program, TorchTensor } from "../models/program.ts";
import { CapsuleError } from "./capsule.ts";
import { readSafetensors, SafetensorsError, shown, writeSafetensors } from "./safetensors.ts";

type Layout = readonly TorchTensor[];
type Row = TorchTensor["rows"][number];

const parameterOf = (row: Row): string => (typeof row === "string" ? row : row.addedTo);

/** The parameters as a `.safetensors` file under PyTorch's names, in the order of its state dict. */
export function writeStateDict(layout: Layout, parameters: Arrays): Uint8Array<ArrayBuffer> {
  const tensors = layout.map(({ name, rows }): [string, NDArray] => {
    const blocks = rows.map((row) => {
      const own = parameters[parameterOf(row)] as NDArray;
      return typeof row === "string" ? own : filled(own.shape);
    });
    return [name, stacked(blocks)];
  });
  return writeSafetensors(new Map(tensors), { format: "pt" });
}

/** Row blocks under each other; one block alone may have any shape. */
function stacked(blocks: readonly NDArray[]): NDArray {
  const data = new Float32Array(blocks.reduce((size, block) => size + block.data.length, 0));
  let at = 0;
  for (const block of blocks) {
    data.set(block.data, at);
    at += block.data.length;
  }
  return { shape: stackedShape(blocks.map(({ shape }) => shape)), data };
}

function stackedShape(shapes: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = shapes;
  if (shapes.length === 1) return first;
  return [shapes.reduce((rows, [count = 1]) => rows + count, 0), ...first.slice(1)];
}

/**
 * The parameters that a `.safetensors` file holds under PyTorch's names.
 *
 * @throws CapsuleError saying what was expected and what arrived, when a tensor is missing, unknown, of
 * another shape, or not finite
 */
export function readStateDict(
  layout: Layout,
  specs: Program["parameters"],
  bytes: Uint8Array,
): Arrays {
  const tensors = tensorsIn(bytes);
  const names = layout.map(({ name }) => name);
  const missing = names.find((name) => !tensors.has(name));
  if (missing !== undefined) {
    const there = [...tensors.keys()].map(shown).join(", ") || "nothing";
    throw new CapsuleError(
      `Expected PyTorch's tensors ${names.join(", ")}; ${missing} is missing. The file holds ${there}.`,
    );
  }
  const stranger = [...tensors.keys()].find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new CapsuleError(
      `Expected PyTorch's tensors ${names.join(", ")} and no other, got ${shown(stranger)} too.`,
    );
  }
  const parameters = Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [name, filled(shape)]),
  );
  for (const tensor of layout) {
    addRows(parameters, tensor, tensors.get(tensor.name) as NDArray);
  }
  return parameters;
}

/** Adds each block of rows to its parameter, which starts from zeros. */
function addRows(parameters: Arrays, { name, rows }: TorchTensor, arrived: NDArray): void {
  const shapes = rows.map((row) => parameters[parameterOf(row)]?.shape ?? []);
  const expected = stackedShape(shapes);
  if (shapeText(arrived.shape) !== shapeText(expected)) {
    const blocks = rows.length > 1 ? ` (the rows of ${rows.map(parameterOf).join(", ")})` : "";
    throw new CapsuleError(
      `Expected ${name} of shape ${shapeText(expected)}${blocks}, got ${shapeText(arrived.shape)}. Set the lab to the sizes of the file first.`,
    );
  }
  const bad = arrived.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new CapsuleError(
      `Expected finite numbers in ${name}, but entry ${bad} is ${arrived.data[bad]}.`,
    );
  }
  let at = 0;
  for (const [i, row] of rows.entries()) {
    const size = sizeOf(shapes[i] as readonly number[]);
    const { data } = parameters[parameterOf(row)] as { data: Float32Array };
    for (let k = 0; k < size; k++) data[k] = data[k]! + arrived.data[at + k]!;
    at += size;
  }
}

function tensorsIn(bytes: Uint8Array): ReadonlyMap<string, NDArray> {
  try {
    return readSafetensors(bytes).tensors;
  } catch (error) {
    if (error instanceof SafetensorsError) throw new CapsuleError(error.message, { cause: error });
    throw error;
  }
}
