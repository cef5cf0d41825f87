import { describe, expect, test } from "vitest";
import { classesOf, type ShapeName, shape2d, shapeNames } from "../../src/data/shapes2d.ts";
import { randomStream } from "../../src/training/random.ts";

function drawn(name: ShapeName, count = 240, noise = 0, seed = 1) {
  const random = randomStream(seed, name);
  const { x, y } = shape2d(name, { count, noise }, () => random.uniform());
  const labels = [...(y?.data ?? [])];
  const places = labels.map((_, i) => [x?.data[2 * i] ?? 0, x?.data[2 * i + 1] ?? 0] as const);
  return { x, y, labels, places };
}

describe.each(shapeNames)("%s", (name) => {
  test("has the shapes [count, 2] and [count], and stays in the picture", () => {
    const { x, y, places } = drawn(name);
    expect(x?.shape).toEqual([240, 2]);
    expect(y?.shape).toEqual([240]);
    expect(Math.max(...places.flat().map(Math.abs))).toBeLessThan(6.5);
  });

  test("the same random numbers give the same points, others give others", () => {
    expect(drawn(name)).toEqual(drawn(name));
    expect(drawn(name, 240, 0, 2).places).not.toEqual(drawn(name).places);
  });

  test("noise moves points and changes no label of a class", () => {
    const [still, moved] = [drawn(name), drawn(name, 240, 0.5)];
    expect(moved.places).not.toEqual(still.places);
    if (classesOf(name) !== null) expect(moved.labels).toEqual(still.labels);
  });

  test("labels are classes in equal parts, or numbers from −1 to 1", () => {
    const { labels } = drawn(name);
    const classes = classesOf(name);
    if (classes === null) {
      expect(Math.max(...labels.map(Math.abs))).toBeLessThanOrEqual(1.1);
      expect(new Set(labels).size).toBeGreaterThan(100);
      return;
    }
    for (let k = 0; k < classes; k++) {
      expect(labels.filter((label) => label === k)).toHaveLength(240 / classes);
    }
    expect(Math.max(...labels)).toBe(classes - 1);
  });
});

test("XOR is 1 exactly where one coordinate is positive", () => {
  const { places, labels } = drawn("xor");
  expect(labels).toEqual(places.map(([a, b]) => (a > 0 === b > 0 ? 0 : 1)));
});

test("a radius tells the circle's classes apart", () => {
  const { places, labels } = drawn("circle");
  expect(labels).toEqual(places.map(([a, b]) => (Math.hypot(a, b) < 3 ? 1 : 0)));
});

test("each arm of the spiral is the other, turned by half a turn", () => {
  const { places, labels } = drawn("spiral");
  const arm = (label: number) =>
    places.filter((_, i) => labels[i] === label).map(([a, b]) => ({ a, b, r: Math.hypot(a, b) }));
  // On arm 0 the angle is 3π along, and the radius 5 along.
  for (const { a, b, r } of arm(0)) {
    expect(a).toBeCloseTo(r * Math.sin((3 * Math.PI * r) / 5), 4);
    expect(b).toBeCloseTo(r * Math.cos((3 * Math.PI * r) / 5), 4);
  }
  for (const { a, b, r } of arm(1)) {
    expect(-a).toBeCloseTo(r * Math.sin((3 * Math.PI * r) / 5), 4);
    expect(-b).toBeCloseTo(r * Math.cos((3 * Math.PI * r) / 5), 4);
  }
});

test("a count or a noise that cannot be is refused in words", () => {
  const random = () => 0.5;
  expect(() => shape2d("xor", { count: 0, noise: 0 }, random)).toThrow(
    /whole number from 1.*got 0/,
  );
  expect(() => shape2d("xor", { count: 5, noise: -1 }, random)).toThrow(/noise from 0, got -1/);
});
