import { describe, expect, test } from "vitest";
import { inkPicture, type Point, rasterise, type Stroke } from "../../src/data/raster.ts";
import { digitStrokes, middlePen, strokeDigits } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";

function digits(count: number, size = 16, seed = 1, variety?: number) {
  const { uniform } = randomStream(seed, "digits");
  const { x, y } = strokeDigits(
    { count, size, ...(variety !== undefined && { variety }) },
    uniform,
  );
  const picture = (row: number) => x.data.subarray(row * size * size, (row + 1) * size * size);
  return { x, y, pictures: Array.from({ length: count }, (_, row) => picture(row)) };
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);
}

/** The digit whose mean picture, among these examples, is nearest. */
function nearestMean({ pictures, y }: ReturnType<typeof digits>): (x: Float32Array) => number {
  const means = Array.from({ length: 10 }, (_, digit) => {
    const own = pictures.filter((_, row) => y.data[row] === digit);
    return own[0]!.map((_, i) => own.reduce((sum, one) => sum + one[i]!, 0) / own.length);
  });
  return (x) => {
    const distances = means.map((mean) => distance(x, mean));
    return distances.indexOf(Math.min(...distances));
  };
}

describe("written digits", () => {
  test("are pictures from 0 to 1, ten kinds in turn", () => {
    const { x, y } = digits(25, 12);
    expect(x.shape).toEqual([25, 12, 12]);
    expect([...y.data.slice(8, 13)]).toEqual([8, 9, 0, 1, 2]);
    expect(x.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test("the same random numbers give the same digits, others give others", () => {
    expect(digits(20).x).toEqual(digits(20).x);
    expect(digits(20, 16, 2).x).not.toEqual(digits(20).x);
  });

  test("every one has ink, most of it ground, and none of it at the corners", () => {
    for (const picture of digits(500).pictures) {
      const ink = picture.reduce((sum, value) => sum + value, 0) / picture.length;
      expect(ink).toBeGreaterThan(0.04);
      expect(ink).toBeLessThan(0.4);
      expect(picture[0]! + picture[15]! + picture[240]! + picture[255]!).toBe(0);
    }
  });

  test.each([1, 2, 3])("the nearest mean picture tells most of them, seed %i", (seed) => {
    const { pictures, y } = digits(500, 16, seed + 10);
    const tell = nearestMean(digits(1000, 16, seed));
    const right = pictures.filter((picture, row) => tell(picture) === y.data[row]).length;
    expect(right / pictures.length).toBeGreaterThan(0.8);
  });

  test.each([1, 2, 3])("the nearest of a thousand tells nearly all, seed %i", (seed) => {
    const known = digits(1000, 16, seed);
    const { pictures, y } = digits(300, 16, seed + 10);
    const right = pictures.filter((picture, row) => {
      const distances = known.pictures.map((other) => distance(picture, other));
      return known.y.data[distances.indexOf(Math.min(...distances))] === y.data[row];
    }).length;
    expect(right / pictures.length).toBeGreaterThan(0.95);
  });

  test("without variety all of a kind are alike, and they are the plain forms", () => {
    const { pictures } = digits(20, 20, 1, 0);
    expect(pictures[13]).toEqual(pictures[3]);
    expect(pictures[3]).toEqual(rasterise(digitStrokes(3), 20, middlePen));
  });

  test("a number that is no digit is refused", () => {
    expect(() => digitStrokes(10)).toThrow("Expected a digit from 0 to 9, got 10.");
  });
});

describe("rasterising", () => {
  const line: Stroke = [
    [0.25, 0.5],
    [0.75, 0.5],
  ];

  test("ink is where a stroke is nearer than the pen, ground elsewhere", () => {
    const picture = rasterise([line], 20, 0.1);
    expect(picture[10 * 20 + 10]).toBe(1);
    expect(picture[10 * 20 + 1]).toBe(0);
    expect(picture[2 * 20 + 10]).toBe(0);
  });

  test("the ink is as much as the line's area, at every size", () => {
    // A bar of 0.5 × 0.2, with half a disc of radius 0.1 at each end.
    const area = 0.5 * 0.2 + Math.PI * 0.1 ** 2;
    for (const size of [16, 28, 64]) {
      const picture = rasterise([line], size, 0.1);
      const ink = picture.reduce((sum, value) => sum + value, 0) / size ** 2;
      expect(Math.abs(ink - area)).toBeLessThan(0.1 / size);
    }
  });

  test("a stroke of one point is a dot; no stroke is an empty picture", () => {
    expect(Math.max(...rasterise([[[0.5, 0.5]]], 8, 0.1))).toBeGreaterThan(0);
    expect(Math.max(...rasterise([], 8, 0.1))).toBe(0);
  });
});

describe("ink", () => {
  const three = digitStrokes(3);
  const moved = (scale: number, right: number, down: number): Stroke[] =>
    three.map((stroke) => stroke.map(([x, y]): Point => [scale * x + right, scale * y + down]));

  test("where on the pad it is drawn, and how large, does not matter", () => {
    const middle = inkPicture(three, 16, middlePen);
    expect(middle.shape).toEqual([16, 16]);
    for (const [scale, right, down] of [
      [1, 0.2, -0.1],
      [0.5, 0.4, 0.1],
      [1.3, -0.2, -0.15],
    ] as const) {
      const other = inkPicture(moved(scale, right, down), 16, middlePen);
      expect(distance(other.data, middle.data)).toBeLessThan(1e-6);
    }
  });

  test("a digit drawn in its plain form is told by the nearest mean of the data", () => {
    const tell = nearestMean(digits(1000));
    const said = Array.from({ length: 10 }, (_, digit) =>
      tell(inkPicture(digitStrokes(digit), 16, middlePen).data),
    );
    expect(said).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("a dot stays a dot in the middle, and nothing stays nothing", () => {
    const { data } = inkPicture([[[0.1, 0.9]]], 16, middlePen);
    expect(data.filter((value) => value > 0).length).toBeLessThan(10);
    expect(data[8 * 16 + 8]).toBeGreaterThan(0);
    expect(Math.max(...inkPicture([], 16, middlePen).data)).toBe(0);
  });
});
