import { type Arrays, filled, type NDArray, shapeText, sizeOf } from "../data/ndarray.ts";
import type { Program, TorchBlock, TorchTensor } from "../models/program.ts";
import { CapsuleError } from "./capsule.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { SafetensorsError, shown } from "./safetensorsHeader.ts";

type Layout = readonly TorchTensor[];

function parameterOf(block: TorchBlock): string {
  if (typeof block === "string") return block;
  return "of" in block ? block.of : block.addedTo;
}

function orderOf(block: TorchBlock): readonly number[] | undefined {
  return typeof block === "object" && "of" in block ? block.order : undefined;
}

/** The parameters as a `.safetensors` file under PyTorch's names, in the order of its state dict. */
export function writeStateDict(layout: Layout, parameters: Arrays): Uint8Array<ArrayBuffer> {
  const tensors = layout.map((tensor): [string, NDArray] => {
    const written = filled(torchShape(tensor, parameters));
    eachEntry(tensor, parameters, (block, own, theirs) => {
      if (typeof block === "object" && "addedTo" in block) return;
      written.data[theirs] = (parameters[parameterOf(block)] as NDArray).data[own]!;
    });
    return [tensor.name, written];
  });
  return writeSafetensors(new Map(tensors), { format: "pt" });
}

/** PyTorch's shape of a tensor of these parameters. */
export function torchShape(
  { shape, rows }: TorchTensor,
  parameters: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): readonly number[] {
  if (shape) return shape;
  const [first = [], ...rest] = rows.map((block) => {
    const own = parameters[parameterOf(block)]?.shape ?? [];
    const order = orderOf(block);
    return order ? order.map((axis) => own[axis] as number) : own;
  });
  if (rest.length === 0) return first;
  const count = [first, ...rest].reduce((sum, [rowsOf = 1]) => sum + rowsOf, 0);
  return [count, ...first.slice(1)];
}

/** Calls `visit` for every entry: where it stands in its parameter, and where in PyTorch's tensor. */
function eachEntry(
  tensor: TorchTensor,
  parameters: Arrays,
  visit: (block: TorchBlock, own: number, theirs: number) => void,
): void {
  const whole = torchShape(tensor, parameters);
  const [count = 1] = whole;
  const wide = sizeOf(whole) / count;
  let before = 0;
  for (const block of tensor.rows) {
    const { shape } = parameters[parameterOf(block)] as NDArray;
    const order = orderOf(block);
    const places = order && permuted(shape, order);
    const size = sizeOf(shape);
    const width = tensor.beside ? size / count : wide;
    for (let k = 0; k < size; k++) {
      const theirs = tensor.beside
        ? Math.floor(k / width) * wide + before + (k % width)
        : before + k;
      visit(block, places ? places[k]! : k, theirs);
    }
    before += tensor.beside ? width : size;
  }
}

/** Where each entry of an array whose dimensions are put in another order stands in the array itself. */
function permuted(shape: readonly number[], order: readonly number[]): Int32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const places = new Int32Array(sizeOf(shape));
  const at = order.map(() => 0);
  for (let k = 0; k < places.length; k++) {
    places[k] = order.reduce((sum, axis, i) => sum + at[i]! * strides[axis]!, 0);
    for (let i = order.length - 1; i >= 0; i--) {
      at[i] = at[i]! + 1;
      if (at[i] !== shape[order[i]!]) break;
      at[i] = 0;
    }
  }
  return places;
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

/** Adds each block to its parameter, which starts from zeros. */
function addRows(parameters: Arrays, tensor: TorchTensor, arrived: NDArray): void {
  const { name, rows } = tensor;
  const expected = torchShape(tensor, parameters);
  if (shapeText(arrived.shape) !== shapeText(expected)) {
    const kind = tensor.beside ? "columns" : "rows";
    const blocks = rows.length > 1 ? ` (the ${kind} of ${rows.map(parameterOf).join(", ")})` : "";
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
  putBlocks(parameters, tensor, arrived);
}

/** Adds what arrived under PyTorch's name to the parameters that are its blocks. */
export function putBlocks(parameters: Arrays, tensor: TorchTensor, arrived: NDArray): void {
  eachEntry(tensor, parameters, (block, own, theirs) => {
    const { data } = parameters[parameterOf(block)] as NDArray;
    data[own] = data[own]! + arrived.data[theirs]!;
  });
}

function tensorsIn(bytes: Uint8Array): ReadonlyMap<string, NDArray> {
  try {
    return readSafetensors(bytes).tensors;
  } catch (error) {
    if (error instanceof SafetensorsError) throw new CapsuleError(error.message, { cause: error });
    throw error;
  }
}
