import { expect } from "vitest";
import { type Nested, ndarray } from "../../src/data/ndarray.ts";

export interface Tolerance {
  /** Of the expected entry's size. Default 1e-4: what float32 on a GPU allows a chain of a dozen operations. */
  readonly relative?: number;
  /** Default 1e-6: for entries that cancel to nearly nothing. */
  readonly absolute?: number;
}

declare module "vitest" {
  interface Matchers {
    /** Same shape, and every entry within `relative · |expected| + absolute`. */
    toBeAllclose(expected: Nested, tolerance?: Tolerance): void;
  }
}

expect.extend({
  toBeAllclose(received: Nested, expected: Nested, tolerance: Tolerance = {}) {
    const { relative = 1e-4, absolute = 1e-6 } = tolerance;
    const actual = ndarray(received);
    const wanted = ndarray(expected);
    if (!this.equals(actual.shape, wanted.shape)) {
      return {
        pass: false,
        message: () => `Expected shape [${wanted.shape}], got [${actual.shape}].`,
      };
    }
    const far = wanted.data.findIndex((entry, i) => {
      const difference = Math.abs((actual.data[i] as number) - entry);
      return !(difference <= relative * Math.abs(entry) + absolute);
    });
    return {
      pass: far < 0,
      message: () =>
        far < 0
          ? "Expected arrays that differ, but they are all close."
          : `Expected ${wanted.data[far]} at flat index ${far} of [${wanted.shape}], got ${actual.data[far]} (relative ${relative}, absolute ${absolute}).`,
    };
  },
});
