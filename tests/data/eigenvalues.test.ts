import { describe, expect, test } from "vitest";
import { eigenvalues } from "../../src/data/eigenvalues.ts";
import { randomStream } from "../../src/training/random.ts";

describe("eigenvalues of a matrix that need not be symmetric", () => {
  test("are those that numpy finds", () => {
    const matrix = [
      [1.76, 0.4, 0.98, 2.24, 1.87],
      [-0.98, 0.95, -0.15, -0.1, 0.41],
      [0.14, 1.45, 0.76, 0.12, 0.44],
      [0.33, 1.49, -0.21, 0.31, -0.85],
      [-2.55, 0.65, 0.86, -0.74, 2.27],
    ];
    // numpy 1.24.2: numpy.linalg.eigvals, by size.
    const known = [
      [2.286466279609, 2.132721748183],
      [2.286466279609, -2.132721748183],
      [1.390925660362, 0],
      [0.04307089021, 0.370362242308],
      [0.04307089021, -0.370362242308],
    ];
    const found = eigenvalues(matrix.flat(), 5);
    for (const [i, { re, im }] of found.entries()) {
      expect(re).toBeCloseTo(known[i]?.[0] ?? Number.NaN, 10);
      expect(im).toBeCloseTo(known[i]?.[1] ?? Number.NaN, 10);
    }
  });

  test("sum to the trace, and the sum of their squares to that of the matrix times itself", () => {
    for (const [seed, d] of [
      [1, 2],
      [2, 8],
      [3, 16],
      [4, 32],
    ] as const) {
      const { normal } = randomStream(seed, "matrix");
      const M = Float64Array.from({ length: d * d }, normal);
      const at = (i: number, j: number) => M[i * d + j] as number;
      let [trace, squares] = [0, 0];
      for (let i = 0; i < d; i++) {
        trace += at(i, i);
        for (let j = 0; j < d; j++) squares += at(i, j) * at(j, i);
      }
      const found = eigenvalues(M, d);
      expect(found).toHaveLength(d);
      expect(found.reduce((sum, { re }) => sum + re, 0)).toBeCloseTo(trace, 8);
      expect(found.reduce((sum, { im }) => sum + im, 0)).toBeCloseTo(0, 8);
      expect(found.reduce((sum, { re, im }) => sum + re * re - im * im, 0)).toBeCloseTo(squares, 6);
    }
  });

  test("of a quarter turn are i and −i, of a cycle the roots of 1, of nothing 0", () => {
    expect(eigenvalues([0, -1, 1, 0], 2)).toEqual([
      { re: expect.closeTo(0, 12), im: expect.closeTo(1, 12) },
      { re: expect.closeTo(0, 12), im: expect.closeTo(-1, 12) },
    ]);
    const cycle = eigenvalues([0, 1, 0, 0, 0, 1, 1, 0, 0], 3);
    for (const { re, im } of cycle) {
      expect(Math.hypot(re, im)).toBeCloseTo(1, 12);
      expect(Math.cos(3 * Math.atan2(im, re))).toBeCloseTo(1, 12);
    }
    expect(eigenvalues(new Float32Array(9), 3)).toEqual(Array(3).fill({ re: 0, im: 0 }));
  });

  test("are refused to what is no square of finite numbers", () => {
    expect(() => eigenvalues([1, 2, 3], 2)).toThrow("Expected 2 × 2 finite numbers, got 3");
    expect(() => eigenvalues([1, 2, 3, Number.NaN], 2)).toThrow("not all finite");
  });
});
