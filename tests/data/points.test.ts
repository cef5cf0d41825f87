import { expect, test } from "vitest";
import { gateNames, gridPoints, logicGate, range, twoBlobs } from "../../src/data/points.ts";

/** 0, ¼, ½, ¾, 0, … */
function countedRandom(): () => number {
  let calls = 0;
  return () => (calls++ % 4) / 4;
}

test("each gate answers every pair of bits as its operator does", () => {
  const operators = {
    AND: (a: number, b: number) => a & b,
    OR: (a: number, b: number) => a | b,
    NAND: (a: number, b: number) => 1 - (a & b),
    XOR: (a: number, b: number) => a ^ b,
  };
  expect(gateNames).toEqual(["AND", "OR", "NAND", "XOR"]);
  for (const name of gateNames) {
    const { x, y } = logicGate(name);
    expect(x?.shape).toEqual([4, 2]);
    expect(y?.shape).toEqual([4]);
    const corners = [0, 1, 2, 3].map((i) => [x?.data[2 * i], x?.data[2 * i + 1]]);
    expect(new Set(corners.map(String)).size).toBe(4);
    expect([...(y?.data ?? [])]).toEqual(
      corners.map(([a, b]) => operators[name](a as number, b as number)),
    );
  }
});

test("two calls of a gate share no memory", () => {
  logicGate("AND").x?.data.fill(9);
  expect(logicGate("AND").x?.data[0]).toBe(0);
});

test("without deviation the blobs are their centres, opposite each other", () => {
  const { x, y } = twoBlobs({ each: 2, centre: [-1, 2], deviation: 0 }, countedRandom());
  expect(x).toEqual({ shape: [4, 2], data: Float32Array.of(-1, 2, -1, 2, 1, -2, 1, -2) });
  expect(y).toEqual({ shape: [4], data: Float32Array.of(0, 0, 1, 1) });
});

test("blobs have the deviation that is asked for", () => {
  // A sequence that fills the unit square evenly: Roberts 2018, the generalised golden ratio.
  let k = 0;
  const even = () => {
    k++;
    return (Math.ceil(k / 2) * (k % 2 ? 0.7548776662466927 : 0.5698402909980532)) % 1;
  };
  const { x } = twoBlobs({ each: 2000, centre: [0, 0], deviation: 0.5 }, even);
  const numbers = [...(x?.data ?? [])];
  const variance = numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length;
  expect(variance).toBeCloseTo(0.25, 2);
  expect(Math.abs(numbers.reduce((sum, value) => sum + value, 0) / numbers.length)).toBeLessThan(
    0.01,
  );
});

test("a range goes from its minimum to its maximum in equal steps", () => {
  expect(range(-1, 1, 5)).toEqual({ shape: [5], data: Float32Array.of(-1, -0.5, 0, 0.5, 1) });
});

test("a grid's first coordinate moves fastest", () => {
  expect(gridPoints(0, 1, 2)).toEqual({
    shape: [4, 2],
    data: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1),
  });
});

test.each([1, 0, -3, 2.5, Number.NaN])("a range of %s points is refused", (count) => {
  expect(() => range(0, 1, count)).toThrow(RangeError);
  expect(() => gridPoints(0, 1, count)).toThrow(`from 2 of points in a range, got ${count}`);
});
