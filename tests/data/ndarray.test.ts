import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entry, filled, type Nested, ndarray, shapeText, sizeOf } from "../../src/data/ndarray.ts";

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
const filledShapes = shapes.chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    numbers: fc.array(float32, { minLength: sizeOf(shape), maxLength: sizeOf(shape) }),
  }),
);

/** Row-major nesting, the other way round from `ndarray`. */
function nested(shape: readonly number[], numbers: readonly number[]): Nested {
  const [rows, ...rest] = shape;
  if (rows === undefined) return numbers[0] as number;
  const width = sizeOf(rest);
  return Array.from({ length: rows }, (_, i) =>
    nested(rest, numbers.slice(i * width, (i + 1) * width)),
  );
}

describe("nested lists become an array", () => {
  test("with their shape and their numbers in order", () => {
    fc.assert(
      fc.property(filledShapes, ({ shape, numbers }) => {
        expect(ndarray(nested(shape, numbers))).toEqual({
          shape,
          data: Float32Array.from(numbers),
        });
      }),
    );
  });

  test("which is an array of the same array", () => {
    fc.assert(
      fc.property(filledShapes, ({ shape, numbers }) => {
        const array = ndarray(nested(shape, numbers));
        expect(ndarray(array)).toEqual(array);
      }),
    );
  });

  test("and not a view of what was given", () => {
    const given = Float32Array.of(1, 2);
    const array = ndarray(given);
    given[0] = 9;
    expect(array.data[0]).toBe(1);
    const again = ndarray(array);
    array.data[0] = 9;
    expect(again.data[0]).toBe(1);
  });

  test("where typed arrays and arrays stand for rows", () => {
    const rows = [Float32Array.of(1, 2), [3, 4], new Float64Array([5, 6]), ndarray([7, 8])];
    expect(ndarray(rows)).toEqual({
      shape: [4, 2],
      data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    });
  });

  test("also when there are none", () => {
    expect(ndarray([])).toEqual({ shape: [0], data: new Float32Array(0) });
    expect(ndarray([[], []])).toEqual({ shape: [2, 0], data: new Float32Array(0) });
  });
});

describe("what is no array is refused", () => {
  const refused = (value: unknown, message: string) =>
    expect(() => ndarray(value as Nested)).toThrow(message);

  test("rows of different lengths or depths", () => {
    refused([[1, 2], [3]], "rows of one length: value[0] is [2], value[1] is [1]");
    refused([1, [2]], "value[0] is a single number, value[1] is [1]");
    refused(
      [
        [[1], [2]],
        [[3], 4],
      ],
      "value[1][0] is [1], value[1][1] is a single number",
    );
    refused([[1], []], "value[1] is [0]");
  });

  test("texts, as a whole and inside", () => {
    refused("12", 'value is the text "12"');
    refused([1, "2"], 'value[1] is the text "2"');
  });

  test("nothing, as a whole, inside and as a hole", () => {
    refused(null, "value is null");
    refused(undefined, "value is missing");
    refused([1, null], "value[1] is null");
    refused([1, undefined], "value[1] is missing");
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    refused([1, , 3], "value[1] is missing");
    refused(Array(3), "value[0] is missing");
  });

  test("objects, functions, truth values, big integers", () => {
    refused({ 0: 1, length: 1 }, "value is of type object");
    refused([true], "value[0] is of type boolean");
    refused([() => 1], "value[0] is of type function");
    refused([1n], "value[0] is of type bigint");
    refused(new BigInt64Array([1n]), "value is of type object");
    refused(new DataView(new ArrayBuffer(4)), "value is of type object");
  });

  test("numbers that float32 cannot hold as finite", () => {
    refused(Number.NaN, "entry 0 is NaN");
    refused([1, Number.POSITIVE_INFINITY], "entry 1 is Infinity");
    refused([[1], [-1e39]], "entry 1 is -1e+39");
    expect(() => ndarray([Number.NaN])).toThrow(RangeError);
    expect(() => ndarray(["x"] as unknown as Nested)).toThrow(TypeError);
  });

  test("arrays whose numbers do not fill their shape", () => {
    const data = Float32Array.of(1, 2);
    refused({ shape: [3], data }, "3 numbers for shape [3], got 2");
    refused({ shape: [1], data }, "1 numbers for shape [1], got 2");
    refused([{ shape: [1], data }, 3], "1 numbers for shape [1], got 2");
    refused({ shape: [-2], data }, "shape of whole numbers");
    refused({ shape: [1.5], data }, "shape of whole numbers");
    refused({ shape: ["2"], data }, "shape of whole numbers");
    refused({ shape: [1e9], data }, "1000000000 numbers for shape [1000000000], got 2");
    refused({ shape: [2], data: [1, "2"] }, "Float32Array of numbers beside the shape of value");
  });

  test("lists that contain themselves", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    refused(loop, "at most");
  });

  test("anything else, always by a TypeError or a RangeError", () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withSparseArray: true }), (value) => {
        let array: ReturnType<typeof ndarray>;
        try {
          array = ndarray(value as Nested);
        } catch (error) {
          expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
          expect((error as Error).message).toMatch(/^Expected /);
          return;
        }
        expect(array.data.length).toBe(sizeOf(array.shape));
        expect(array.data.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("a filled array has its shape's size, and the same number everywhere", () => {
  expect(filled([2, 3], 7)).toEqual({ shape: [2, 3], data: new Float32Array(6).fill(7) });
  expect(filled([])).toEqual({ shape: [], data: Float32Array.of(0) });
});

test("an entry that is not there is NaN", () => {
  expect(entry(ndarray([3, 4]), 1)).toBe(4);
  expect(entry(ndarray(5))).toBe(5);
  expect(entry(ndarray([3]), 1)).toBeNaN();
  expect(entry(undefined)).toBeNaN();
});

test("a scalar's shape in words is not a list", () => {
  expect(shapeText([])).toBe("a single number");
  expect(shapeText([3, 2])).toBe("[3, 2]");
});
