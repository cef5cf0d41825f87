import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NDArray } from "../../src/data/ndarray.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";
import { SafetensorsError } from "../../src/training/safetensorsHeader.ts";
import { arrayOfShape } from "./arbitraryCapsule.ts";

const tensors = fc
  .dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== "__metadata__"),
    fc.array(fc.nat(3), { maxLength: 3 }).chain(arrayOfShape),
  )
  .map((named) => new Map<string, NDArray>(Object.entries(named)));

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * A second reader of the format, from its description: 8 bytes of little-endian header length N, N bytes
 * of JSON that begin with "{", then the numbers, little-endian, row-major, without holes.
 */
function parse(file: Uint8Array<ArrayBuffer>) {
  const bytes = Buffer.from(file);
  const end = 8 + bytes.readUInt32LE(0);
  expect(bytes.readUInt32LE(4)).toBe(0);
  expect(bytes.toString("latin1", 8, 9)).toBe("{");
  const { __metadata__: metadata, ...entries } = JSON.parse(bytes.toString("utf8", 8, end));
  const covered = new Uint8Array(bytes.length - end);
  const read = Object.entries(entries as Record<string, HeaderEntry>).map(([name, entry]) => {
    expect(Object.keys(entry).sort()).toEqual(["data_offsets", "dtype", "shape"]);
    expect(entry.dtype).toBe("F32");
    const [from, to] = entry.data_offsets;
    const numbers: number[] = [];
    for (let at = from; at < to; at += 4) {
      numbers.push(bytes.readFloatLE(end + at));
      for (let k = 0; k < 4; k++) covered[at + k] = (covered[at + k] as number) + 1;
    }
    expect(numbers.length).toBe(entry.shape.reduce((a, b) => a * b, 1));
    return [name, { shape: entry.shape, data: Float32Array.from(numbers) }] as const;
  });
  expect(covered.every((times) => times === 1)).toBe(true);
  return { metadata, tensors: new Map(read), aligned: end % 8 === 0 };
}

/** A file of one tensor `t` with these bytes. */
function fileOf(dtype: string, shape: number[], numbers: Uint8Array): Uint8Array<ArrayBuffer> {
  const entry = { dtype, shape, data_offsets: [0, numbers.length] };
  const text = new TextEncoder().encode(JSON.stringify({ t: entry }));
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes;
}

describe("a written file", () => {
  test("is read by an independent reader of the format", () => {
    fc.assert(
      fc.property(tensors, fc.string(), (named, note) => {
        const file = parse(writeSafetensors(named, { note }));
        expect(file.metadata).toEqual({ note });
        expect(file.tensors).toEqual(named);
        expect(file.aligned).toBe(true);
      }),
    );
  });

  test("is read back as it was", () => {
    fc.assert(
      fc.property(tensors, fc.string({ unit: "binary" }), (named, note) => {
        const file = readSafetensors(writeSafetensors(named, { note }));
        expect(file.metadata).toEqual(new Map([["note", note]]));
        const plain = [...file.tensors].map(([name, { shape, data }]) => [name, { shape, data }]);
        expect(Object.fromEntries(plain)).toEqual(Object.fromEntries(named));
      }),
    );
  });
});

describe("numbers of every format are read", () => {
  const bytes = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer);
  // Half and bfloat16 bit patterns: Wikipedia, "Half-precision floating-point format", "bfloat16".
  test.each([
    ["F32", bytes(Float32Array.of(1.5, -2)), [1.5, -2]],
    ["F64", bytes(Float64Array.of(1.5, -2)), [1.5, -2]],
    ["I32", bytes(Int32Array.of(7, -2)), [7, -2]],
    ["I64", bytes(BigInt64Array.of(7n, -2n)), [7, -2]],
    [
      "F16",
      bytes(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x3555)),
      [1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, 0.333251953125],
    ],
    ["F16", bytes(Uint16Array.of(0x7c00, 0xfc00, 0x7e00)), [Infinity, -Infinity, Number.NaN]],
    ["BF16", bytes(Uint16Array.of(0x3f80, 0xc000, 0x4049, 0x7f80)), [1, -2, 3.140625, Infinity]],
  ])("%s", (dtype, numbers, expected) => {
    const { tensors: named } = readSafetensors(fileOf(dtype, [expected.length], numbers));
    expect(named.get("t")).toEqual({
      dtype,
      shape: [expected.length],
      data: Float32Array.from(expected),
    });
  });
});

test("a tensor without numbers may stand anywhere", () => {
  const empty = { shape: [0, 3], data: new Float32Array(0) };
  const one = { shape: [], data: Float32Array.of(1) };
  const named = new Map([
    ["a", empty],
    ["b", one],
    ["c", empty],
  ]);
  expect([...readSafetensors(writeSafetensors(named, {})).tensors.keys()]).toEqual(["a", "b", "c"]);
});

test("a header of more than 1 MiB is refused before it is read", () => {
  const bytes = new Uint8Array(3 * 2 ** 20).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(2 ** 21), true);
  expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
  expect(() => readSafetensors(bytes)).toThrow(
    "at most 1048576 bytes, but the file announces 2097152",
  );
});
