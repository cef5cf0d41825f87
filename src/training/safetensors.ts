import type { NDArray } from "../data/ndarray.ts";
import { shapeText } from "../data/ndarray.ts";

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

/** A file is not what the format asks for; the message says what was expected and what arrived. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const metadataKey = "__metadata__";
const lengthBytes = 8;
/** The longest header that is read: room for some ten thousand tensors. */
const maxHeaderBytes = 2 ** 20;
const maxRank = 8;

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
  const header = readHeader(bytes);
  const metadata = new Map<string, string>();
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header.json)) {
    if (name === metadataKey) readMetadata(value, metadata);
    else entries.push(checkedEntry(name, value));
  }
  checkLayout(entries, bytes.length - header.end);
  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) tensors.set(entry.name, readTensor(bytes, header.end, entry));
  return { metadata, tensors };
}

function readHeader(bytes: Uint8Array): { json: Record<string, unknown>; end: number } {
  if (bytes.length < lengthBytes) {
    throw new SafetensorsError(
      `Expected a safetensors file, which starts with 8 bytes of header length, got ${bytes.length} bytes.`,
    );
  }
  const length = viewOf(bytes).getBigUint64(0, true);
  const room = Math.min(bytes.length - lengthBytes, maxHeaderBytes);
  if (length > BigInt(room)) {
    throw new SafetensorsError(
      `Expected a header of at most ${room} bytes, but the file announces ${length}; it is cut short or no safetensors file.`,
    );
  }
  const end = lengthBytes + Number(length);
  let json: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    json = JSON.parse(decoder.decode(bytes.subarray(lengthBytes, end)));
  } catch {
    throw new SafetensorsError(
      "Expected a header in JSON and UTF-8, but it cannot be read as such.",
    );
  }
  if (!isRecord(json)) {
    throw new SafetensorsError(`Expected a header with named tensors, got ${shown(json)}.`);
  }
  return { json, end };
}

function readMetadata(value: unknown, into: Map<string, string>): void {
  if (!isRecord(value)) {
    throw new SafetensorsError(`Expected named texts as metadata, got ${shown(value)}.`);
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new SafetensorsError(`Expected a text as metadata ${shown(key)}, got ${shown(text)}.`);
    }
    into.set(key, text);
  }
}

function checkedEntry(name: string, value: unknown): Entry {
  const of = `for tensor ${shown(name)}`;
  if (!isRecord(value)) {
    throw new SafetensorsError(
      `Expected dtype, shape and data_offsets ${of}, got ${shown(value)}.`,
    );
  }
  const extra = Object.keys(value).find((key) => !["dtype", "shape", "data_offsets"].includes(key));
  if (extra !== undefined) {
    throw new SafetensorsError(
      `Expected only dtype, shape and data_offsets ${of}, got ${shown(extra)} too.`,
    );
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    throw new SafetensorsError(
      `Expected a dtype among ${Object.keys(readers).join(", ")} ${of}, got ${shown(dtype)}.`,
    );
  }
  if (!isListOfCounts(shape) || shape.length > maxRank) {
    throw new SafetensorsError(
      `Expected a shape of at most ${maxRank} whole numbers from 0 ${of}, got ${shown(shape)}.`,
    );
  }
  if (!isListOfCounts(offsets) || offsets.length !== 2) {
    throw new SafetensorsError(
      `Expected two whole numbers from 0 as data_offsets ${of}, got ${shown(offsets)}.`,
    );
  }
  const [begin, end] = offsets as [number, number];
  // A product beyond 2⁵³ is no longer exact, but then it is no file's length either.
  const expected = shape.reduce((product, size) => product * size, readers[dtype].bytes);
  if (end - begin !== expected) {
    throw new SafetensorsError(
      `Expected ${expected} bytes ${of}, ${dtype} of shape ${shapeText(shape)}, but its data_offsets span ${end - begin}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function checkLayout(entries: readonly Entry[], dataBytes: number): void {
  let next = 0;
  for (const { name, begin, end } of entries.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== next) {
      throw new SafetensorsError(
        `Expected tensors side by side, but ${shown(name)} begins at byte ${begin} where ${next} is next.`,
      );
    }
    next = end;
  }
  if (next !== dataBytes) {
    throw new SafetensorsError(
      `Expected ${next} bytes of numbers after the header, got ${dataBytes}; the file is cut short or has something added.`,
    );
  }
}

function readTensor(bytes: Uint8Array, dataStart: number, entry: Entry): StoredTensor {
  const { dtype, shape, begin, end } = entry;
  const { bytes: width, read } = readers[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart + begin, end - begin);
  const data = new Float32Array((end - begin) / width);
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * width);
  return { dtype, shape, data };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === "string" && Object.hasOwn(readers, value);
}

function isListOfCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** A value out of a file, in words short enough for a message. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === undefined) return "nothing";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
