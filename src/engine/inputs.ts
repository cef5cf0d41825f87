import {
  type Arrays,
  filled,
  type NDArray,
  type Nested,
  ndarray,
  shapeText,
} from "../data/ndarray.ts";

/** Whether a value is a record of arrays by name, rather than one array. */
export function isRecord(value: unknown): value is Readonly<Record<string, Nested>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !("shape" in value && "data" in value)
  );
}

function known(names: readonly string[], given: readonly string[], what: string): void {
  const stranger = given.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new RangeError(
      `There is no ${what} "${stranger}" in this lab. Expected: ${names.join(", ")}.`,
    );
  }
}

function endsWith(shape: readonly number[], end: readonly number[]): boolean {
  return end.every((size, i) => shape[shape.length - end.length + i] === size);
}

/** Whether the array is one example (`features`) or a batch of them (`[any, ...features]`). */
function isBatch(name: string, array: NDArray, features: readonly number[]): boolean {
  const extra = array.shape.length - features.length;
  if (extra < 0 || extra > 1 || !endsWith(array.shape, features) || array.shape[0] === 0) {
    throw new RangeError(
      `${name} takes one example of shape ${shapeText(features)} or a batch of shape [${["any", ...features].join(", ")}], got ${shapeText(array.shape)}.`,
    );
  }
  return extra === 1;
}

/**
 * The input that a reader asks for: an array means `x`. A target that no longer fits is left out; the
 * loss is then not defined until one is given.
 *
 * @param data the lab's data set, whose first dimension counts examples
 * @throws RangeError or TypeError saying what was expected and what arrived
 */
export function checkedInput(
  value: Nested | Readonly<Record<string, Nested>>,
  current: Arrays,
  data: Arrays,
): Arrays {
  const given = isRecord(value) ? value : { x: value };
  known(Object.keys({ ...data, ...current }), Object.keys(given), "input");
  const arrays: Record<string, NDArray> = {};
  const counts: Record<string, number> = {};
  for (const [name, nested] of Object.entries(given)) {
    const array = ndarray(nested);
    const features = data[name]?.shape.slice(1) ?? [];
    counts[name] = isBatch(name, array, features) ? (array.shape[0] as number) : -1;
    arrays[name] = array;
  }
  const [first, ...rest] = Object.keys(arrays);
  if (first === undefined) throw new RangeError("Expected an input such as { x: […] }, got {}.");
  const odd = rest.find((name) => counts[name] !== counts[first]);
  if (odd !== undefined) {
    throw new RangeError(
      `${first} and ${odd} must hold the same number of examples: ${first} is ${shapeText(arrays[first]?.shape ?? [])}, ${odd} is ${shapeText(arrays[odd]?.shape ?? [])}.`,
    );
  }
  const count = counts[first] as number;
  for (const [name, array] of Object.entries(current)) {
    if (name in arrays) continue;
    const kept = asMany(array, data[name]?.shape.slice(1) ?? [], count);
    if (kept) arrays[name] = kept;
  }
  return arrays;
}

/** The array in the form of `count` examples (−1: one, without a batch dimension); null if it holds another number. */
function asMany(array: NDArray, features: readonly number[], count: number): NDArray | null {
  const held = array.shape.length > features.length ? (array.shape[0] as number) : -1;
  if (held === count) return array;
  if (Math.abs(held) !== 1 || Math.abs(count) !== 1) return null;
  return { shape: count === 1 ? [1, ...features] : features, data: array.data };
}

/**
 * The data set that a reader gives: the same arrays as the lab's own, any number of examples.
 *
 * @throws RangeError or TypeError saying what was expected and what arrived
 */
export function checkedData(value: Readonly<Record<string, Nested>>, own: Arrays): Arrays {
  const names = Object.keys(own);
  known(names, Object.keys(value), "data");
  const arrays: Record<string, NDArray> = {};
  for (const name of names) {
    const nested = value[name];
    if (nested === undefined) {
      throw new RangeError(`Expected data for ${names.join(", ")}; ${name} is missing.`);
    }
    const array = ndarray(nested);
    if (!isBatch(name, array, own[name]?.shape.slice(1) ?? [])) {
      throw new RangeError(`${name} must hold a list of examples, got ${shapeText(array.shape)}.`);
    }
    const first = arrays[names[0] as string];
    if (first && first.shape[0] !== array.shape[0]) {
      throw new RangeError(
        `Every array needs the same number of examples: ${names[0]} has ${first.shape[0]}, ${name} has ${array.shape[0]}.`,
      );
    }
    arrays[name] = array;
  }
  return arrays;
}

/**
 * An array of exactly this shape.
 *
 * @throws RangeError or TypeError saying what was expected and what arrived
 */
export function checkedArray(name: string, value: Nested, shape: readonly number[]): NDArray {
  const array = ndarray(value);
  const fits =
    array.shape.length === shape.length && array.shape.every((size, i) => size === shape[i]);
  if (!fits) {
    throw new RangeError(`${name} takes shape ${shapeText(shape)}, got ${shapeText(array.shape)}.`);
  }
  return array;
}

/**
 * A mask of this shape: 1 for what it marks, 0 for the rest; true and false mark all and nothing.
 *
 * @throws RangeError or TypeError saying what was expected and what arrived
 */
export function checkedMask(
  name: string,
  which: Nested | boolean,
  shape: readonly number[],
): NDArray {
  if (typeof which === "boolean") return filled(shape, which ? 1 : 0);
  const mask = checkedArray(`The mask of ${name}`, which, shape);
  const bad = mask.data.find((value) => value !== 0 && value !== 1);
  if (bad !== undefined) {
    throw new RangeError(`The mask of ${name} takes 1 (locked) or 0 (free), got ${bad}.`);
  }
  return mask;
}

/** Whether two sets of arrays hold the same numbers. */
export function sameArrays(a: Arrays, b: Arrays): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const left = a[name]?.data;
      const right = b[name]?.data;
      return left?.length === right?.length && left?.every((entry, i) => entry === right?.[i]);
    })
  );
}
