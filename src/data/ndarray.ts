/** A plain n-dimensional array of numbers, row-major. The form in which numbers leave and enter the engine. */
export interface NDArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Arrays by name: the inputs of a model, a batch, a data set, the parameters of a snapshot. */
export type Arrays = Readonly<Record<string, NDArray>>;

/** What a person writes for an array: a number, nested lists of numbers, or an `NDArray`. */
export type Nested = number | ArrayLike<number> | readonly Nested[] | NDArray;

/** The number of entries in an array of this shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** A shape in words for messages: `[3, 2]`, or `a single number` for a scalar. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "a single number" : `[${shape.join(", ")}]`;
}

/** Far deeper than any array of the book; a list that contains itself ends here. */
const maxDepth = 16;

/** A typed array of numbers. */
function isNumbers(value: unknown): value is Float32Array {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

function hasShape(value: unknown): value is { shape: unknown; data: unknown } {
  return typeof value === "object" && value !== null && "shape" in value && "data" in value;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (typeof value === "string") return `the text "${value.slice(0, 40)}"`;
  return `of type ${typeof value}`;
}

/** `value[1][0]` */
function at(path: readonly number[]): string {
  return `value${path.map((index) => `[${index}]`).join("")}`;
}

function readArray({ shape, data }: { shape: unknown; data: unknown }, path: number[]): NDArray {
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(
      `Expected a shape of whole numbers from 0, but that of ${at(path)} is not.`,
    );
  }
  if (!isNumbers(data)) {
    throw new TypeError(
      `Expected a Float32Array of numbers beside the shape of ${at(path)}, but its data is ${describe(data)}.`,
    );
  }
  if (data.length !== sizeOf(shape)) {
    throw new TypeError(
      `Expected ${sizeOf(shape)} numbers for shape ${shapeText(shape)}, got ${data.length}.`,
    );
  }
  return { shape, data };
}

/** Appends the numbers of `value` to `into` and returns its shape. `path` says where in the whole it stands. */
function read(value: unknown, path: number[], into: number[]): readonly number[] {
  if (typeof value === "number") {
    into.push(value);
    return [];
  }
  if (isNumbers(value)) return read({ shape: [value.length], data: value }, path, into);
  if (hasShape(value)) {
    const { shape, data } = readArray(value, path);
    for (const number of data) into.push(number);
    return shape;
  }
  if (!Array.isArray(value)) {
    throw new TypeError(`Expected numbers, but ${at(path)} is ${describe(value)}.`);
  }
  return readRows(value, path, into);
}

function readRows(rows: readonly unknown[], path: number[], into: number[]): readonly number[] {
  if (path.length === maxDepth) {
    throw new TypeError(`Expected lists at most ${maxDepth} deep, but ${at(path)} is a list too.`);
  }
  let first: readonly number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const shape = read(rows[i], [...path, i], into);
    if (i === 0) first = shape;
    if (shape.length !== first.length || shape.some((size, axis) => size !== first[axis])) {
      throw new TypeError(
        `Expected rows of one length: ${at([...path, 0])} is ${shapeText(first)}, ${at([...path, i])} is ${shapeText(shape)}.`,
      );
    }
  }
  return [rows.length, ...first];
}

/**
 * The `NDArray` that nested lists of numbers describe.
 *
 * @throws TypeError when something is not a number, or rows differ in length
 * @throws RangeError when a number is not finite in float32
 */
export function ndarray(value: Nested): NDArray {
  const numbers: number[] = [];
  const shape = [...read(value, [], numbers)];
  const data = Float32Array.from(numbers);
  const bad = data.findIndex((entry) => !Number.isFinite(entry));
  if (bad >= 0) {
    throw new RangeError(`Expected finite numbers, but entry ${bad} is ${numbers[bad]}.`);
  }
  return { shape, data };
}

/** An array of this shape with every entry equal to `value`. */
export function filled(shape: readonly number[], value = 0): NDArray {
  return { shape: [...shape], data: new Float32Array(sizeOf(shape)).fill(value) };
}

/** The single number of a scalar, or the entry at a flat index. */
export function entry(array: NDArray | undefined, index = 0): number {
  return array?.data[index] ?? Number.NaN;
}
