import type { NDArray } from "./ndarray.ts";
import { fitted } from "./pictures.ts";

/** A file cannot be used as pictures or labels; the message is one sentence for the reader. */
export class IdxError extends Error {
  override readonly name = "IdxError";
}

/** What an IDX file holds: bytes in rows of rows. */
export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** The largest file that is opened, and the most that comes out of a compressed one. */
export const maxIdxBytes = 128 * 2 ** 20;

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/**
 * An IDX file, in which MNIST and its kin (Fashion-MNIST, KMNIST, EMNIST) come: two zero bytes, the type
 * of the numbers (8: a byte), how many dimensions there are, the length of each (32 bits, the highest
 * byte first), then the numbers. Compressed by gzip, or not. LeCun, Cortes & Burges, "The MNIST database".
 *
 * @throws IdxError saying what was expected and what arrived
 */
export async function readIdx(bytes: Uint8Array): Promise<IdxFile> {
  const plain = isGzip(bytes) ? await gunzipped(bytes) : bytes;
  if (plain.length > maxIdxBytes) {
    throw new IdxError(
      `Expected a file of at most ${megabytes(maxIdxBytes)}, got ${megabytes(plain.length)}.`,
    );
  }
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  if (plain.length < 4 || view.getUint16(0) !== 0) {
    throw new IdxError(
      `Expected an IDX file (MNIST's form), which begins with two zero bytes; this one begins with ${beginning(plain)}.`,
    );
  }
  const [type, dimensions] = [view.getUint8(2), view.getUint8(3)];
  if (type !== 8) {
    throw new IdxError(
      `Expected an IDX file of bytes (type 0x08), got type 0x${type.toString(16).padStart(2, "0")}.`,
    );
  }
  const start = 4 + 4 * dimensions;
  if (dimensions < 1 || plain.length < start) {
    throw new IdxError(
      `Expected an IDX file to say the length of each of its ${dimensions} dimensions, but it ends after ${plain.length} bytes.`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  if (plain.length - start !== size) {
    const fault = plain.length - start < size ? "It has been cut off." : "Something follows them.";
    throw new IdxError(
      `Expected ${size} bytes for ${shape.join(" × ")}, got ${plain.length - start}. ${fault}`,
    );
  }
  return { shape, data: plain.subarray(start) };
}

const isGzip = ([first, second]: Uint8Array) => first === 0x1f && second === 0x8b;

/** Whether a file begins as an IDX file does, compressed or not; `readIdx` says what is wrong with it. */
export function isIdx(bytes: Uint8Array): boolean {
  return isGzip(bytes) || (bytes.length >= 2 && bytes[0] === 0 && bytes[1] === 0);
}

function beginning(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing: it is empty";
  return [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

async function gunzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const reader = new Blob([bytes.slice()])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      length += value.length;
      // A small file can unpack to any size.
      if (length > maxIdxBytes) break;
    }
  } catch (cause) {
    throw new IdxError("This file is compressed by gzip, but it is damaged or has been cut off.", {
      cause,
    });
  }
  if (length > maxIdxBytes) {
    await reader.cancel();
    throw new IdxError(`Expected at most ${megabytes(maxIdxBytes)} in this file; it holds more.`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export interface IdxOptions {
  /** Pixels a side of the pictures made. Default: 16. */
  readonly size?: number;
  /** The most pictures taken: the first ones. Default: all. */
  readonly most?: number;
}

/** Pictures with what each shows. */
export interface IdxPictures {
  /** `[n, size, size]`, from 0 to 1. */
  readonly x: NDArray;
  /** `[n]`: the number of each one's class. */
  readonly y: NDArray;
  /** One more than the greatest label in the whole file. */
  readonly classes: number;
  /** How many images the file has. */
  readonly found: number;
}

/**
 * The pictures of a file of images without labels, each brought to size × size.
 *
 * @throws IdxError when it is none
 */
export async function idxImages(
  file: Uint8Array,
  { size = 16, most = Number.POSITIVE_INFINITY }: IdxOptions = {},
): Promise<Pick<IdxPictures, "x" | "found">> {
  const images = await readIdx(file);
  const [found] = imagesShape(images);
  return { x: picturesOf(images, Math.min(found, most), size), found };
}

/** The most classes a label may tell apart: EMNIST's letters and digits are 62. */
const maxClasses = 64;

/**
 * The pictures of a file of images and one of labels, as MNIST comes, each picture brought to
 * size × size. The files may be given in either order.
 *
 * @throws IdxError when they are not a file of images and the labels that belong to it
 */
export async function idxPictures(
  oneFile: Uint8Array,
  otherFile: Uint8Array,
  { size = 16, most = Number.POSITIVE_INFINITY }: IdxOptions = {},
): Promise<IdxPictures> {
  const [one, other] = await Promise.all([readIdx(oneFile), readIdx(otherFile)]);
  const [images, labels] = one.shape.length >= other.shape.length ? [one, other] : [other, one];
  const [all] = imagesShape(images);
  if (labels.shape.length !== 1) {
    throw new IdxError(
      `Expected one file of images and one of labels, a number each (1 dimension); got ${labels.shape.join(" × ")} beside ${images.shape.join(" × ")}.`,
    );
  }
  if (labels.shape[0] !== all) {
    throw new IdxError(
      `Expected a label for each of the ${all} images, got ${labels.shape[0]} labels. Do the two files belong together?`,
    );
  }
  const classes = labels.data.reduce((greatest, label) => Math.max(greatest, label), 0) + 1;
  if (classes > maxClasses) {
    throw new IdxError(`Expected labels from 0 to ${maxClasses - 1}, got ${classes - 1}.`);
  }
  const count = Math.min(all, most);
  return {
    x: picturesOf(images, count, size),
    y: { shape: [count], data: Float32Array.from(labels.data.subarray(0, count)) },
    classes,
    found: all,
  };
}

/** The first images of a file, from 0 to 1: `[count, size, size]`. */
function picturesOf(images: IdxFile, count: number, size: number): NDArray {
  const [, height, width] = imagesShape(images);
  const x = new Float32Array(count * size * size);
  for (let i = 0; i < count; i++) {
    const bytes = images.data.subarray(i * height * width, (i + 1) * height * width);
    const data = Float32Array.from(bytes, (byte) => byte / 255);
    x.set(fitted({ height, width, data }, size).data, i * size * size);
  }
  return { shape: [count, size, size], data: x };
}

function imagesShape({ shape }: IdxFile): [count: number, height: number, width: number] {
  const [count = 0, height = 0, width = 0, ...more] = shape;
  if (shape.length !== 3 || more.length > 0) {
    throw new IdxError(
      `Expected images in 3 dimensions (how many, rows, columns), got ${shape.length === 1 ? "only labels" : shape.join(" × ")}.`,
    );
  }
  if (count === 0 || height === 0 || width === 0 || height > 1024 || width > 1024) {
    throw new IdxError(
      `Expected at least one image, of 1 to 1024 pixels a side; got ${shape.join(" × ")}.`,
    );
  }
  return [count, height, width];
}
