import { shapeText } from "../data/ndarray.ts";

/** A file is not what the format asks for; the message says what was expected and what arrived. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}

/** Where a tensor stands in a file: `begin` and `end` count the bytes after the header. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What a file says of itself before its numbers. */
export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  readonly places: readonly TensorPlace[];
  /** Where the numbers begin, in bytes from the file's beginning. */
  readonly dataStart: number;
}

export const metadataKey = "__metadata__";
/** The bytes before the header: its length. */
export const lengthBytes = 8;
/** The longest header that is read: room for some ten thousand tensors. */
const maxHeaderBytes = 2 ** 20;
const maxRank = 8;

/** The bytes of one number, by format. */
const widths: Readonly<Record<string, number>> = {
  ...{ F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1 },
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
};

/**
 * The length of the header, from the first bytes of a file of so many bytes.
 *
 * @throws SafetensorsError when this is no such file
 */
export function headerLength(bytes: Uint8Array, fileBytes: number): number {
  if (bytes.length < lengthBytes) {
    throw new SafetensorsError(
      `Expected a safetensors file, which starts with 8 bytes of header length, got ${bytes.length} bytes.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  const room = Math.min(fileBytes - lengthBytes, maxHeaderBytes);
  if (length > BigInt(room)) {
    throw new SafetensorsError(
      `Expected a header of at most ${room} bytes, but the file announces ${length}; it is cut short or no safetensors file.`,
    );
  }
  return Number(length);
}

/**
 * The header, checked: every entry, and that the tensors lie side by side, without gap or overlap, up to
 * the end of a file of so many bytes. Which formats of numbers can be read is for the reader to say.
 *
 * @param bytes the header alone
 * @throws SafetensorsError saying what was expected and what arrived
 */
export function parsedHeader(bytes: Uint8Array, fileBytes: number): SafetensorsHeader {
  const dataStart = lengthBytes + bytes.length;
  const metadata = new Map<string, string>();
  const places: TensorPlace[] = [];
  for (const [name, value] of Object.entries(namedIn(bytes))) {
    if (name === metadataKey) readMetadata(value, metadata);
    else places.push(checkedPlace(name, value));
  }
  checkLayout(places, fileBytes - dataStart);
  return { metadata, places, dataStart };
}

function namedIn(bytes: Uint8Array): Record<string, unknown> {
  let json: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    json = JSON.parse(decoder.decode(bytes));
  } catch {
    throw new SafetensorsError(
      "Expected a header in JSON and UTF-8, but it cannot be read as such.",
    );
  }
  if (!isRecord(json)) {
    throw new SafetensorsError(`Expected a header with named tensors, got ${shown(json)}.`);
  }
  return json;
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

function checkedPlace(name: string, value: unknown): TensorPlace {
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
  const width =
    typeof dtype === "string" && Object.hasOwn(widths, dtype) ? widths[dtype] : undefined;
  if (typeof dtype !== "string" || width === undefined) {
    throw new SafetensorsError(
      `Expected a dtype among ${Object.keys(widths).join(", ")} ${of}, got ${shown(dtype)}.`,
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
  const expected = shape.reduce((product, size) => product * size, width);
  if (end - begin !== expected) {
    throw new SafetensorsError(
      `Expected ${expected} bytes ${of}, ${dtype} of shape ${shapeText(shape)}, but its data_offsets span ${end - begin}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function checkLayout(places: readonly TensorPlace[], dataBytes: number): void {
  let next = 0;
  for (const { name, begin, end } of places.toSorted(
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
