import type { NDArray } from "../data/ndarray.ts";
import {
  headerLength,
  lengthBytes,
  metadataKey,
  parsedHeader,
  SafetensorsError,
  shown,
  type TensorPlace,
} from "./safetensorsHeader.ts";

/** The number formats that are read. Only F32 is written. */
export type Dtype = "F32" | "F16" | "BF16" | "F64" | "I64" | "I32";

/** A tensor of a file, its numbers converted to float32. */
export interface StoredTensor extends NDArray {
  readonly dtype: Dtype;
}

/** What a `.safetensors` file holds. Maps, because names in a file may be any text. */
export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const readers: Readonly<
  Record<Dtype, { bytes: number; read: (view: DataView, at: number) => number }>
> = {
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => fromFloat16(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: (view, at) => fromBfloat16(view, at) },
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
};

/** IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function fromBfloat16(view: DataView, at: number): number {
  const whole = new DataView(new ArrayBuffer(4));
  whole.setUint32(0, view.getUint16(at, true) << 16);
  return whole.getFloat32(0);
}

/**
 * Reads the tensors of a `.safetensors` file (format: https://huggingface.co/docs/safetensors).
 *
 * The header's length, its encoding, every entry and the layout of the numbers are checked before any
 * number is read: tensors lie side by side, without gap or overlap, up to the end of the file.
 *
 * @throws SafetensorsError saying what was expected and what arrived
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const end = lengthBytes + headerLength(bytes, bytes.length);
  const { metadata, places } = parsedHeader(bytes.subarray(lengthBytes, end), bytes.length);
  for (const place of places) checkedDtype(place);
  const tensors = places.map((place): [string, StoredTensor] => {
    const numbers = bytes.subarray(end + place.begin, end + place.end);
    const dtype = checkedDtype(place);
    return [place.name, { dtype, shape: place.shape, data: numbersIn(numbers, dtype) }];
  });
  return { metadata, tensors: new Map(tensors) };
}

/**
 * The format of a tensor's numbers.
 *
 * @throws SafetensorsError when it is none of those that are read
 */
export function checkedDtype({ name, dtype }: TensorPlace): Dtype {
  if (Object.hasOwn(readers, dtype)) return dtype as Dtype;
  throw new SafetensorsError(
    `Expected a dtype among ${Object.keys(readers).join(", ")} for tensor ${shown(name)}, got ${shown(dtype)}.`,
  );
}

/** How many bytes a number of this format takes. */
export function bytesPerNumber(dtype: Dtype): number {
  return readers[dtype].bytes;
}

/** Whether this machine keeps numbers as the file does: then its bytes are the numbers. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The numbers that these bytes are, little-endian, in this format, as float32. */
export function numbersIn(bytes: Uint8Array, dtype: Dtype): Float32Array<ArrayBuffer> {
  const { bytes: width, read } = readers[dtype];
  if (dtype === "F32" && isLittleEndian) return new Float32Array(bytes.slice().buffer);
  const view = viewOf(bytes);
  const data = new Float32Array(bytes.length / width);
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * width);
  return data;
}

/**
 * A `.safetensors` file of these tensors, as F32, in the order given.
 *
 * The header is padded with spaces so that the numbers begin at a multiple of 8 bytes.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NDArray>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const begin = offset;
    offset += data.length * 4;
    return [name, { dtype: "F32", shape, data_offsets: [begin, offset] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries([[metadataKey, metadata], ...entries]));
  const text = new TextEncoder().encode(json);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const start = lengthBytes + headerLength;

  const bytes = new Uint8Array(start + offset);
  const view = viewOf(bytes);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, lengthBytes);
  bytes.fill(0x20, lengthBytes + text.length, start);
  let at = start;
  for (const { data } of tensors.values()) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
