import { describe, expect, test } from "vitest";
import { fitted, grey, onDarkGround, type Picture, resized } from "../../src/data/pictures.ts";

function picture(
  height: number,
  width: number,
  at: (row: number, column: number) => number,
): Picture {
  const data = Float32Array.from({ length: height * width }, (_, i) =>
    at(Math.floor(i / width), i % width),
  );
  return { height, width, data };
}

const mean = ({ data }: { data: Float32Array }) =>
  data.reduce((sum, value) => sum + value, 0) / data.length;

describe("grey", () => {
  test("green is brightest, blue darkest, what is transparent is white", () => {
    const data = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0];
    const luma = [...grey({ height: 2, width: 2, data }).data];
    for (const [i, expected] of [0.299, 0.587, 0.114, 1].entries()) {
      expect(luma[i]).toBeCloseTo(expected, 6);
    }
  });
});

describe("resizing", () => {
  const wavy = picture(13, 10, (row, column) => 0.5 + 0.5 * Math.sin(row * 1.3 + column * 0.7));

  test.each([
    [5, 4],
    [3, 10],
    [26, 20],
    [1, 1],
  ])("to %i × %i keeps the mean brightness", (rows, columns) => {
    const made = resized(wavy, rows, columns);
    expect([made.height, made.width]).toEqual([rows, columns]);
    expect(mean(made)).toBeCloseTo(mean(wavy), 5);
  });

  test("each pixel is the mean of those it covers", () => {
    const steps = picture(2, 4, (row, column) => row * 4 + column);
    expect([...resized(steps, 1, 2).data]).toEqual([2.5, 4.5]);
  });

  test("a picture that is not square stands in the middle, on a ground like its border", () => {
    const bar = picture(2, 8, () => 0.25);
    const { shape, data } = fitted(bar, 8);
    expect(shape).toEqual([8, 8]);
    expect(data.every((value) => value === 0.25)).toBe(true);
    const tall = picture(8, 2, (row, column) => (row === 4 && column === 1 ? 1 : 0));
    const placed = fitted(tall, 8).data;
    expect(placed.indexOf(1)).toBe(4 * 8 + 4);
  });
});

describe("the ground", () => {
  const ink = picture(5, 5, (row, column) => (row === 2 && column === 2 ? 0.9 : 0.1));

  test("a dark one stays, a bright one is turned to its negative", () => {
    expect(onDarkGround(ink)).toEqual(ink);
    const paper = { ...ink, data: ink.data.map((value) => 1 - value) };
    const turned = onDarkGround(paper).data;
    expect(Math.max(...turned.map((value, i) => Math.abs(value - ink.data[i]!)))).toBeLessThan(
      1e-6,
    );
  });
});
