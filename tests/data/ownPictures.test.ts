import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { IdxError } from "../../src/data/idx.ts";
import { type OwnFile, ownPictures } from "../../src/data/ownPictures.ts";
import type { Rgba } from "../../src/data/pictures.ts";

/** A file as LeCun's page describes the form. */
function idx(shape: readonly number[], numbers: readonly number[]): Uint8Array {
  return Uint8Array.from([
    0,
    0,
    8,
    shape.length,
    ...shape.flatMap((n) => [0, 0, 0, n]),
    ...numbers,
  ]);
}

const file = (name: string, bytes: Uint8Array): OwnFile => ({ name, bytes });
const gzipped = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

const ramp = Array.from({ length: 32 }, (_, i) => i * 8);
const images = idx([2, 4, 4], ramp);
const labels = idx([2], [3, 5]);

/** Stands in for the browser: a black dot in the middle of white paper, four pixels a side. */
async function decode(bytes: Uint8Array): Promise<Rgba> {
  if (bytes[0] !== 0x89) throw new Error("no picture");
  const dot = (i: number) => (i === 5 ? [0, 0, 0, 255] : [255, 255, 255, 255]);
  return { height: 4, width: 4, data: Array.from({ length: 16 }, (_, i) => dot(i)).flat() };
}

const options = { size: 4, most: 10, decode };
const picture = Uint8Array.of(0x89, 0x50);

describe("a reader's files", () => {
  test("of MNIST's kind, compressed or not, give pictures and labels in either order", async () => {
    const plain = await ownPictures([file("images", images), file("labels", labels)], options);
    expect(plain.x.shape).toEqual([2, 4, 4]);
    expect(plain.x.data[31]).toBeCloseTo(248 / 255, 6);
    expect([...(plain.y?.data ?? [])]).toEqual([3, 5]);
    expect(plain).toMatchObject({ classes: 6, found: 2 });
    const turned = [file("labels.gz", gzipped(labels)), file("images.gz", gzipped(images))];
    expect(await ownPictures(turned, options)).toEqual(plain);
  });

  test("of images alone give pictures without labels, the first of them only", async () => {
    const set = await ownPictures([file("images", images)], { ...options, most: 1 });
    expect(set).toMatchObject({ y: null, classes: 0, found: 2 });
    expect(set.x.shape).toEqual([1, 4, 4]);
  });

  test("that are pictures become bright on dark, with a class where every name begins with one", async () => {
    const set = await ownPictures([file("7 a.png", picture), file("12b.png", picture)], options);
    expect([...set.x.data.subarray(0, 16)].map(Math.round)).toEqual(
      Array.from({ length: 16 }, (_, i) => (i === 5 ? 1 : 0)),
    );
    expect([...(set.y?.data ?? [])]).toEqual([7, 12]);
    expect(set.classes).toBe(13);
    const unnamed = await ownPictures([file("7.png", picture), file("x.png", picture)], options);
    expect(unnamed).toMatchObject({ y: null, classes: 0 });
    const dated = await ownPictures([file("20261122.png", picture)], options);
    expect(dated.y).toBeNull();
  });

  test.each([
    ["nothing", [], /no file/],
    [
      "neither IDX nor pictures",
      [file("notes.txt", Uint8Array.of(65))],
      /notes\.txt is neither.*PNG/,
    ],
    ["empty", [file("a.png", new Uint8Array())], /a\.png.*empty/],
    ["mixed", [file("a.png", picture), file("images", images)], /not both: images.*a\.png is not/],
    [
      "too many",
      [file("a", images), file("b", labels), file("c", labels)],
      /one of labels, got 3 IDX/,
    ],
    ["of labels alone", [file("labels", labels)], /only labels/],
    ["cut off", [file("images", images.subarray(0, 30))], /32 bytes for 2 × 4 × 4, got 14/],
    ["a damaged archive", [file("images.gz", gzipped(images).subarray(0, 25))], /gzip.*cut off/],
    [
      "not of one set",
      [file("images", images), file("labels", idx([3], [1, 2, 3]))],
      /2 images, got 3 labels/,
    ],
  ])("that are %s are refused in words", async (_what, files, why) => {
    const refused = ownPictures(files, options);
    await expect(refused).rejects.toThrow(IdxError);
    await expect(refused).rejects.toThrow(why);
  });
});
