import { inflateSync } from "node:zlib";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Bars, niceReach, runningSpans } from "../../src/viz/Bars.tsx";
import { Curve, sampled } from "../../src/viz/Curve.tsx";
import { classCss } from "../../src/viz/colour.ts";
import { classShape, DataPoints } from "../../src/viz/DataPoints.tsx";
import { cellUnder, channelsFirst, pictureAt, tiled } from "../../src/viz/grid.ts";
import { Heatmap, heatmapText } from "../../src/viz/Heatmap.tsx";
import { Picture, PictureGrid } from "../../src/viz/Picture.tsx";
import { Plane } from "../../src/viz/Plane.tsx";
import { Surface } from "../../src/viz/Surface.tsx";

test("a part of a plane outside of a plane says so", () => {
  expect(() => renderToStaticMarkup(<DataPoints points={[]} />)).toThrow(/Expected a <Plane>/);
});

test("what stands in a plane is placed in data units", () => {
  const html = renderToStaticMarkup(
    <Plane x={{ domain: [0, 2] }} y={{ domain: [0, 2] }} label="p" width={400} height={400}>
      <Curve
        points={[
          [0, 0],
          [2, 2],
        ]}
      />
    </Plane>,
  );
  const [, x0, y0, x1, y1] = /d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/.exec(html) ?? [];
  expect(Number(x0)).toBeLessThan(Number(x1));
  expect(Number(y0)).toBeGreaterThan(Number(y1));
});

test("a curve is broken where its function jumps", () => {
  const points = sampled((x) => (x < 0 ? 0 : 1), [-1, 1], 11, [0]);
  const gap = points.findIndex(([, y]) => Number.isNaN(y));
  expect(points[gap - 1]?.[1]).toBe(0);
  expect(points[gap + 1]?.[1]).toBe(1);
});

test("eight classes have eight shapes and eight hues, and no two of 64 share both", () => {
  const classes = Array.from({ length: 64 }, (_, index) => index);
  expect(new Set(classes.slice(0, 8).map(classShape)).size).toBe(8);
  expect(new Set(classes.slice(0, 8).map(classCss)).size).toBe(8);
  expect(new Set(classes.map((index) => classShape(index) + classCss(index))).size).toBe(64);
});

/** The opacities in a PNG of grey and alpha, row by row. */
function alphaOf(png: string): number[] {
  const bytes = Buffer.from(png, "base64");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  // Signature 8, IHDR 25, then IDAT's length and tag: its body begins at 41.
  const body = bytes.subarray(41, 41 + bytes.readUInt32BE(33));
  const rows = inflateSync(body);
  return Array.from({ length: width * height }, (_, i) => {
    const row = Math.floor(i / width);
    return rows[row * (1 + 2 * width) + 2 + 2 * (i % width)] ?? -1;
  });
}

test("a surface in a still is two masks over the theme's colours, the highest row first", () => {
  const html = renderToStaticMarkup(<Surface values={{ shape: [2, 2], data: [-1, 0, 0.2, 1] }} />);
  const masks = [...html.matchAll(/[";]--mask:url\(data:image\/png;base64,([^)]*)\)/g)];
  expect(masks.map(([, png]) => alphaOf(png ?? ""))).toEqual([
    [51, 255, 0, 0],
    [0, 0, 255, 0],
  ]);
  expect(html.indexOf("var(--positive)")).toBeLessThan(html.indexOf("var(--negative)"));
});

test("a heatmap is said in words, and its numbers are cells of a table", () => {
  const values = { shape: [2, 2], data: [1, -2, 0.5, 0] };
  expect(heatmapText("weights W", values)).toBe("weights W, 2 by 2: from \u22122 to 1");
  const html = renderToStaticMarkup(<Heatmap label="weights W" values={values} />);
  expect(html.match(/<td/g)).toHaveLength(4);
  expect(html).toContain("0.500");
});

test("a number beyond counting is a raster, not a table", () => {
  const html = renderToStaticMarkup(
    <Heatmap label="big" values={{ shape: [50, 50], data: new Float32Array(2500) }} />,
  );
  expect(html).not.toContain("<td");
  expect(html).toContain('role="img"');
});

test("each contribution starts where the one before it ended, and the last end is the sum", () => {
  const spans = runningSpans([1, -2, 0.5]);
  expect(spans).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: -1 },
    { from: -1, to: -0.5 },
  ]);
  const html = renderToStaticMarkup(
    <Bars
      label="sum"
      items={[1, -2, 0.5].map((value) => ({ label: "w", value }))}
      total={{ label: "z" }}
    />,
  );
  expect(html).toContain("\u22120.500");
});

test("the scale of bars ends at 1, 2 or 5 times a power of ten", () => {
  expect([0.3, 1, 1.1, 4, 7, 0].map(niceReach)).toEqual([0.5, 1, 2, 5, 10, 1]);
});

test("maps with channels last become pictures, which lie side by side with a cell between them", () => {
  // Two maps of 1 × 2: 1 2 and 3 4, entry by entry.
  const maps = channelsFirst({ shape: [1, 1, 2, 2], data: [1, 3, 2, 4] });
  expect(maps).toEqual({ shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, 4) });
  expect(Array.from(pictureAt(maps, 1).data)).toEqual([3, 4]);
  expect(tiled(maps, 2)).toEqual({ shape: [1, 5], data: Float32Array.of(1, 2, 0, 3, 4) });
  expect(Array.from(tiled(maps, 1).data)).toEqual([1, 2, 0, 0, 3, 4]);
});

test("the cell under a point is counted from the picture's top left, and may lie outside", () => {
  const box = { left: 10, top: 20, width: 100, height: 50 };
  expect(cellUnder(box, [5, 10], { clientX: 35, clientY: 41 })).toEqual([2, 2]);
  expect(cellUnder(box, [5, 10], { clientX: 9, clientY: 71 })).toEqual([5, -1]);
});

test("a picture says what it shows, and each picture of many is a button where one may be chosen", () => {
  const values = { shape: [3, 2, 2], data: [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.5] };
  const one = renderToStaticMarkup(<Picture values={pictureAt(values, 0)} label="ink" />);
  expect(one).toContain('aria-label="ink, 2 by 2: from 0 to 1"');
  const many = renderToStaticMarkup(
    <PictureGrid values={values} label="map" columns={2} chosen={1} onChoose={() => {}} />,
  );
  expect(many.match(/<button/g)).toHaveLength(3);
  expect(many.match(/<button[^>]*aria-label="map 2"[^>]*aria-pressed="true"/g)).toHaveLength(1);
});
