import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { IdxError, idxPictures, readIdx } from "../../src/data/idx.ts";

/** A file as LeCun's page describes the form. */
function idx(shape: readonly number[], numbers: readonly number[], type = 8): Uint8Array {
  const lengths = shape.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...lengths, ...numbers]);
}

const ramp = (count: number) => Array.from({ length: count }, (_, i) => (i * 7) % 256);
const images = idx([3, 4, 4], ramp(48));
const labels = idx([3], [2, 0, 9]);

describe("an IDX file", () => {
  test("is read with its shape, plain and compressed", async () => {
    const expected = { shape: [3, 4, 4], data: Uint8Array.from(ramp(48)) };
    expect(await readIdx(images)).toEqual(expected);
    expect(await readIdx(new Uint8Array(gzipSync(images)))).toEqual(expected);
  });

  test("may lie anywhere in a larger buffer", async () => {
    const within = new Uint8Array(images.length + 5);
    within.set(images, 5);
    expect((await readIdx(within.subarray(5))).data[1]).toBe(7);
  });

  test.each([
    ["nothing", new Uint8Array(), /two zero bytes.*empty/],
    ["a picture file", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1), /two zero bytes.*89 50 4e 47/],
    ["floating-point numbers", idx([1], [0, 0, 0, 0], 0x0d), /type 0x08.*0x0d/],
    ["no dimensions", idx([], [1]), /each of its 0 dimensions/],
    ["a header cut off", images.subarray(0, 10), /each of its 3 dimensions.*10 bytes/],
    ["numbers cut off", images.subarray(0, 40), /48 bytes for 3 × 4 × 4, got 24.*cut off/],
    ["too many numbers", idx([3], [1, 2, 3, 4]), /3 bytes for 3, got 4. Something follows/],
    ["a damaged archive", Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), /gzip.*damaged/],
    ["half an archive", new Uint8Array(gzipSync(images)).subarray(0, 30), /gzip.*cut off/],
  ])("that is %s is refused in one sentence", async (_what, bytes, why) => {
    const refused = readIdx(bytes);
    await expect(refused).rejects.toThrow(IdxError);
    await expect(refused).rejects.toThrow(why);
  });
});

describe("images and labels", () => {
  test("become pictures from 0 to 1 and the numbers of their classes, in either order", async () => {
    const { x, y, classes, found } = await idxPictures(images, labels, { size: 4 });
    expect(x.shape).toEqual([3, 4, 4]);
    expect(x.data[1]).toBeCloseTo(7 / 255, 6);
    expect([...y.data]).toEqual([2, 0, 9]);
    expect(classes).toBe(10);
    expect(found).toBe(3);
    expect(await idxPictures(labels, images, { size: 4 })).toEqual({ x, y, classes, found });
  });

  test("are brought to the size asked for, and only the first are taken", async () => {
    const { x, y } = await idxPictures(images, labels, { size: 2, most: 2 });
    expect(x.shape).toEqual([2, 2, 2]);
    expect(x.data[0]).toBeCloseTo((0 + 7 + 28 + 35) / 4 / 255, 6);
    expect([...y.data]).toEqual([2, 0]);
  });

  test.each([
    ["two files of labels", labels, labels, /only labels/],
    ["two files of images", images, images, /one of labels.*3 × 4 × 4/],
    ["labels of another set", images, idx([2], [1, 2]), /3 images, got 2 labels/],
    ["images without pixels", idx([3, 0, 4], []), labels, /at least one image.*3 × 0 × 4/],
    [
      "images of four dimensions",
      idx([3, 1, 2, 2], ramp(12)),
      labels,
      /3 dimensions.*3 × 1 × 2 × 2/,
    ],
    ["labels that are no classes", images, idx([3], [0, 1, 200]), /0 to 63, got 200/],
  ])("%s are refused in one sentence", async (_what, one, other, why) => {
    const refused = idxPictures(one, other);
    await expect(refused).rejects.toThrow(IdxError);
    await expect(refused).rejects.toThrow(why);
  });
});
