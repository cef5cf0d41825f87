import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Bars, niceReach, runningSpans } from "../../src/viz/Bars.tsx";
import { Curve, sampled } from "../../src/viz/Curve.tsx";
import { classShape, DataPoints } from "../../src/viz/DataPoints.tsx";
import { Heatmap, heatmapText } from "../../src/viz/Heatmap.tsx";
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

test("every class has its own shape, and they come round again", () => {
  expect(new Set([0, 1, 2, 3].map(classShape)).size).toBe(4);
  expect(classShape(4)).toBe(classShape(0));
});

test("a surface in a still is two masks over the theme's colours", () => {
  const html = renderToStaticMarkup(<Surface values={{ shape: [2, 2], data: [-1, 0, 0.5, 1] }} />);
  expect(html.match(/data:image\/png/g)?.length).toBeGreaterThanOrEqual(2);
  expect(html).toContain("var(--positive)");
  expect(html).toContain("var(--negative)");
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
