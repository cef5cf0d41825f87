import { describe, expect, test } from "vitest";
import { type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { principalComponents, projected, rebuilt } from "../../src/data/pca.ts";
import { strokeDigits } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";
import "../models/allclose.ts";

const rows = ndarray([
  [2.5, 2.4, 0.5],
  [0.5, 0.7, 1.5],
  [2.2, 2.9, -0.25],
  [1.9, 2.2, 1],
  [3.1, 3, 0.75],
  [2.3, 2.7, -1],
  [2, 1.6, 2],
  [1, 1.1, 0.25],
]);

const row = ({ shape, data }: NDArray, i: number) =>
  data.subarray((i * data.length) / shape[0]!, ((i + 1) * data.length) / shape[0]!);

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

function error(x: NDArray, k: number): number {
  const found = principalComponents(x, k);
  const again = rebuilt(projected(x, found), found);
  return x.data.reduce((sum, value, i) => sum + (value - again.data[i]!) ** 2, 0);
}

describe("principal components", () => {
  // numpy 2.4.6: np.linalg.eigh(np.cov(x.T)), signs turned so that the greatest entry is positive.
  test("are numpy's, with their variances", () => {
    const { mean, components, variances, total } = principalComponents(rows, 3);
    expect(mean).toBeAllclose([1.9375, 2.075, 0.59375]);
    expect(variances).toBeAllclose([1.66560592, 0.63517105, 0.0279283917]);
    expect(components).toBeAllclose(
      [
        [0.549674738, 0.638491901, -0.53868894],
        [0.522297842, 0.240594838, 0.818119238],
        [-0.651968286, 0.73105555, 0.201234038],
      ],
      { relative: 1e-5 },
    );
    expect(total).toBeCloseTo(2.328705357, 6);
  });

  test("two of them give numpy's codes and the rows nearest to the old ones", () => {
    const found = principalComponents(rows, 2);
    const codes = projected(rows, found);
    expect(row(codes, 0)).toBeAllclose([0.567203996, 0.29528718], { relative: 1e-5 });
    const again = rebuilt(codes, found);
    expect(row(again, 0)).toBeAllclose([2.40350557, 2.50819973, 0.529783603], { relative: 1e-5 });
  });

  const { uniform } = randomStream(3, "digits");
  const { x } = strokeDigits({ count: 400, size: 12 }, uniform);

  test("of digits are of length 1 and at right angles, variances descending", () => {
    const { components, variances } = principalComponents(x, 32);
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j <= i; j++) {
        expect(dot(row(components, i), row(components, j))).toBeCloseTo(i === j ? 1 : 0, 4);
      }
    }
    const falling = variances.data.every((v, i) => i === 0 || v <= variances.data[i - 1]!);
    expect(falling).toBe(true);
  });

  test("what is lost is the variance along the directions left out", () => {
    for (const k of [1, 4, 16]) {
      const { variances, total } = principalComponents(x, k);
      const kept = variances.data.reduce((sum, v) => sum + v, 0);
      expect(error(x, k) / 399).toBeCloseTo(total - kept, 2);
    }
  });

  test("the first of many are those of few", () => {
    const [few, many] = [principalComponents(x, 2), principalComponents(x, 20)];
    expect(row(many.components, 1)).toBeAllclose(row(few.components, 1), { absolute: 1e-4 });
    const codes = projected(x, many);
    const some = rebuilt(codes, many, 2);
    expect(row(some, 5)).toBeAllclose(row(rebuilt(projected(x, few), few), 5), { absolute: 1e-3 });
  });

  test("all of them lose nothing, and rows that are all alike vary along none", () => {
    expect(error(rows, 3)).toBeLessThan(1e-9);
    const alike = ndarray([
      [1, 2],
      [1, 2],
    ]);
    expect(principalComponents(alike, 2).variances).toBeAllclose([0, 0]);
    expect(error(alike, 1)).toBe(0);
  });

  test("one row, or more components than numbers, is refused", () => {
    expect(() => principalComponents(ndarray([[1, 2]]), 1)).toThrow("two rows to compare, got 1");
    expect(() => principalComponents(rows, 4)).toThrow("Expected 1 to 3 components");
  });
});
