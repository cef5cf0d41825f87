import type { Arrays, NDArray } from "../data/ndarray.ts";
import { shapeText } from "../data/ndarray.ts";
import { randomStream } from "./random.ts";

/**
 * Which of `size` examples training looks at after `step` steps: a function of its arguments alone,
 * so a run can be taken up at any step.
 *
 * The examples pass in one row of epochs, each in an order of its own, and a step takes the next
 * `batchSize` of the row (at most `size`): every example comes once an epoch and every batch has the
 * same length, even where one ends an epoch and begins the next. `batchSize` 0 means all, in order.
 */
export function batchIndices(
  seed: number,
  step: number,
  size: number,
  batchSize: number,
): readonly number[] {
  if (batchSize === 0 || size === 0) return ascending(size);
  const length = Math.min(batchSize, size);
  const start = step * length;
  const epoch = Math.floor(start / size);
  const within = start - epoch * size;
  const batch = epochOrder(seed, epoch, size).slice(within, within + length);
  const missing = length - batch.length;
  return missing === 0 ? batch : [...batch, ...epochOrder(seed, epoch + 1, size).slice(0, missing)];
}

/** Enough for the epochs that the labs of one page are in. */
const rememberedOrders = 16;
const orders = new Map<string, readonly number[]>();

function epochOrder(seed: number, epoch: number, size: number): readonly number[] {
  const key = `${seed} ${epoch} ${size}`;
  const known = orders.get(key);
  if (known) return known;
  const order = randomStream(seed, `epoch ${epoch}`).shuffled(ascending(size));
  orders.set(key, order);
  for (const oldest of orders.keys()) {
    if (orders.size <= rememberedOrders) break;
    orders.delete(oldest);
  }
  return order;
}

/**
 * The number of examples in a data set: the first dimension, which all its arrays share.
 *
 * @throws RangeError when there is no array, one is a single number, or they differ in length
 */
export function exampleCount(arrays: Arrays): number {
  const [first, ...others] = Object.entries(arrays);
  if (!first) throw new RangeError("Expected a data set with at least one array, got none.");
  const [firstName, { shape }] = first;
  for (const [name, array] of [first, ...others]) {
    if (array.shape.length === 0 || array.shape[0] !== shape[0]) {
      throw new RangeError(
        `Expected one row an example in every array, but ${firstName} is ${shapeText(shape)} and ${name} is ${shapeText(array.shape)}.`,
      );
    }
  }
  return shape[0] as number;
}

/**
 * The examples at these indices, of every array: `[m, …]` becomes `[indices.length, …]`.
 *
 * @throws RangeError when the arrays differ in length or an index is outside them
 */
export function takeRows(arrays: Arrays, indices: readonly number[]): Arrays {
  const count = exampleCount(arrays);
  const outside = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= count);
  if (outside !== undefined) {
    throw new RangeError(`Expected examples from 0 to ${count - 1}, got example ${outside}.`);
  }
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, rowsOf(array, indices)]),
  );
}

function rowsOf({ shape, data }: NDArray, indices: readonly number[]): NDArray {
  const [count, ...rest] = shape as [number, ...number[]];
  const width = count === 0 ? 0 : data.length / count;
  const taken = new Float32Array(indices.length * width);
  for (const [row, index] of indices.entries()) {
    taken.set(data.subarray(index * width, (index + 1) * width), row * width);
  }
  return { shape: [indices.length, ...rest], data: taken };
}

function ascending(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}
