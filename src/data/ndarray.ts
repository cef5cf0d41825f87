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

function isNDArray(value: unknown): value is NDArray {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    Array.isArray(value.shape) &&
    "data" in value
  );
}

function shapeOf(value: unknown, path: string): number[] {
  if (typeof value === "number") return [];
  if (isNDArray(value)) return [...value.shape];
  if (ArrayBuffer.isView(value) && "length" in value) return [value.length as number];
  if (!Array.isArray(value)) {
    throw new TypeError(`Expected numbers, but ${path} is ${describe(value)}.`);
  }
  if (value.length === 0) return [0];
  const [first, ...rest] = value.map((item, index) => shapeOf(item, `${path}[${index}]`));
  const shape = first as number[];
  for (const [index, other] of rest.entries()) {
    if (other.length !== shape.length || other.some((size, axis) => size !== shape[axis])) {
      throw new TypeError(
        `Expected rows of one length: ${path}[0] is ${shapeText(shape)}, ${path}[${index + 1}] is ${shapeText(other)}.`,
      );
    }
  }
  return [value.length, ...shape];
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the text "${value.slice(0, 40)}"`;
  return `of type ${typeof value}`;
}

function flatten(value: Nested, into: Float32Array, at: number): number {
  if (typeof value === "number") {
    into[at] = value;
    return at + 1;
  }
  if (isNDArray(value)) {
    into.set(value.data, at);
    return at + value.data.length;
  }
  let next = at;
  for (let i = 0; i < value.length; i++) next = flatten(value[i] as Nested, into, next);
  return next;
}

/**
 * The `NDArray` that nested lists of numbers describe.
 *
 * @throws TypeError when something is not a number, or rows differ in length
 * @throws RangeError when a number is not finite in float32
 */
export function ndarray(value: Nested): NDArray {
  const shape = shapeOf(value, "value");
  const data = new Float32Array(sizeOf(shape));
  const written = flatten(value, data, 0);
  if (written !== data.length) {
    throw new TypeError(
      `Expected ${data.length} numbers for shape ${shapeText(shape)}, got ${written}.`,
    );
  }
  const bad = data.findIndex((entry) => !Number.isFinite(entry));
  if (bad >= 0) throw new RangeError(`Expected finite numbers, but entry ${bad} is ${data[bad]}.`);
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
