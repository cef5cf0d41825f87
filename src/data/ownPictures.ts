import { IdxError, idxImages, idxPictures, isIdx, maxIdxBytes } from "./idx.ts";
import type { NDArray } from "./ndarray.ts";
import { fitted, grey, onDarkGround, type Rgba } from "./pictures.ts";

/** A file of the reader's, opened. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Pictures of the reader's own. */
export interface OwnPictureSet {
  /** `[n, size, size]`, from 0 (ground) to 1 (ink). */
  readonly x: NDArray;
  /** `[n]`: the number of each one's class; null where nothing says it. */
  readonly y: NDArray | null;
  /** One more than the greatest class; 0 without classes. */
  readonly classes: number;
  /** How many there were in the files, of which the first were taken. */
  readonly found: number;
}

export interface OwnPictureOptions {
  /** Pixels a side of the pictures made. */
  readonly size: number;
  /** The most pictures taken: the first ones. */
  readonly most: number;
  /** Opens a picture file (PNG, JPEG, …); rejects where it is none. */
  readonly decode: (bytes: Uint8Array) => Promise<Rgba>;
}

/** The most bytes of files opened at once, together. */
export const maxOwnBytes = maxIdxBytes;

/**
 * The pictures in a reader's files: an IDX file of images, alone or with its file of labels, or picture
 * files. A picture file whose name begins with a number (`7 Anna.png`) is of that class, where all do.
 *
 * @throws IdxError saying what was expected, what arrived and what to do
 */
export async function ownPictures(
  files: readonly OwnFile[],
  options: OwnPictureOptions,
): Promise<OwnPictureSet> {
  if (files.length === 0) throw new IdxError("There was no file in what you dropped.");
  const idx = files.filter(({ bytes }) => isIdx(bytes));
  if (idx.length === 0) return pictureFiles(files, options);
  const other = files.find((file) => !idx.includes(file));
  if (other) {
    throw new IdxError(
      `Expected IDX files or picture files, not both: ${idx[0]?.name} is one, ${other.name} is not.`,
    );
  }
  const [one, two, ...more] = idx as [OwnFile, OwnFile?, ...OwnFile[]];
  if (more.length > 0) {
    throw new IdxError(
      `Expected a file of images and one of labels, got ${files.length} IDX files. Drop those of one set.`,
    );
  }
  if (two) return { ...(await idxPictures(one.bytes, two.bytes, options)) };
  return { ...(await idxImages(one.bytes, options)), y: null, classes: 0 };
}

async function pictureFiles(
  files: readonly OwnFile[],
  { size, most, decode }: OwnPictureOptions,
): Promise<OwnPictureSet> {
  const taken = files.slice(0, most);
  const x = new Float32Array(taken.length * size * size);
  for (const [row, { name, bytes }] of taken.entries()) {
    const opened = await decode(bytes).catch((cause: unknown) => {
      throw new IdxError(
        `${name} is neither an IDX file nor a picture that this browser can open${bytes.length === 0 ? ": it is empty" : ""}. PNG, JPEG, GIF and WebP are.`,
        { cause },
      );
    });
    x.set(fitted(onDarkGround(grey(opened)), size).data, row * size * size);
  }
  const labels = taken.map(({ name }) => labelIn(name));
  const isTold = labels.every((label) => label !== null);
  return {
    x: { shape: [taken.length, size, size], data: x },
    y: isTold ? { shape: [taken.length], data: Float32Array.from(labels as number[]) } : null,
    classes: isTold ? Math.max(...(labels as number[])) + 1 : 0,
    found: files.length,
  };
}

/** The most classes that names of files may tell apart. */
const maxClasses = 64;

/** The number with which a file's name begins; null where there is none that could be a class. */
function labelIn(name: string): number | null {
  const [, digits] = /^(\d+)/.exec(name) ?? [];
  const label = digits === undefined ? maxClasses : Number(digits);
  return label < maxClasses ? label : null;
}
