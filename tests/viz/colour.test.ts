import fc from "fast-check";
import { expect, test } from "vitest";
import {
  divergingCss,
  divergingRgb,
  divergingTable,
  mixRgb,
  type Palette,
  tableIndex,
} from "../../src/viz/colour.ts";
import { alphaPng } from "../../src/viz/png.ts";

const palette: Palette = {
  positive: [171, 75, 6],
  negative: [29, 98, 179],
  neutral: [236, 232, 222],
};
const values = fc.double({ min: -10, max: 10, noNaN: true });

test("zero is neutral, and the ends are the full colours", () => {
  expect(divergingCss(0, 2)).toBe("var(--neutral)");
  expect(divergingRgb(0, 2, palette)).toEqual(palette.neutral);
  expect(divergingRgb(2, 2, palette)).toEqual(palette.positive);
  expect(divergingRgb(-2, 2, palette)).toEqual(palette.negative);
});

test("x and −x are equally strong, on opposite sides", () => {
  fc.assert(
    fc.property(values, (x) => {
      fc.pre(x > 0.01);
      const swapped = divergingCss(x, 10).replace("--positive", "--negative");
      expect(divergingCss(-x, 10)).toBe(swapped);
      expect(divergingRgb(-x, 10, palette)).toEqual(
        divergingRgb(x, 10, { ...palette, positive: palette.negative }),
      );
    }),
  );
});

test("beyond the maximum the colour stays; what is not finite is neutral", () => {
  expect(divergingCss(7, 2)).toBe(divergingCss(2, 2));
  expect(divergingCss(Number.NaN, 2)).toBe("var(--neutral)");
  expect(divergingCss(1, 0)).toBe("var(--neutral)");
});

test("the table holds the same colours", () => {
  const table = divergingTable(palette);
  for (const value of [-3, -1.5, 0, 0.75, 3]) {
    const at = tableIndex(value, 3);
    expect([...table.slice(at, at + 3)]).toEqual(divergingRgb(value, 3, palette));
  }
  expect(tableIndex(Number.NaN, 3)).toBe(tableIndex(0, 3));
});

test("mixing is what a half transparent layer does, so that a still's masks match the canvas", () => {
  expect(mixRgb([255, 255, 255], [0, 100, 0], 0.5)).toEqual([128, 178, 128]);
});

test("a still's mask is a PNG with its size in the header", () => {
  const url = alphaPng(new Uint8Array([0, 255, 128, 7, 8, 9]), 3, 2);
  const bytes = Buffer.from(url.replace("data:image/png;base64,", ""), "base64");
  expect([...bytes.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([3, 2]);
});
