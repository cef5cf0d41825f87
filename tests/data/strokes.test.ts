import { describe, expect, test } from "vitest";
import { nearestDigit, strokeOf, strokePoints, trembling } from "../../src/data/strokes.ts";
import { randomStream } from "../../src/training/random.ts";

const digits = Array.from({ length: 10 }, (_, digit) => digit);
const upright = { slant: 0, width: 0 };

describe("digits as a pen writes them", () => {
  test.each(digits)(
    "%i: as many points as are said, in the square, equally far from each other",
    (digit) => {
      const way = strokeOf(digit, upright);
      expect(way).toHaveLength(strokePoints);
      const steps = way.slice(1).map(([x, y], i) => {
        const [u, v] = way[i] as readonly [number, number];
        return Math.hypot(x - u, y - v);
      });
      // A chord cuts a corner short, the sharp one of the 1 the most.
      expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(3);
      for (const [x, y] of way) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(1.05);
    },
  );

  test("a slant moves what is above to the right and what is below to the left", () => {
    for (const digit of digits) {
      const plain = strokeOf(digit, upright);
      for (const [i, [x, y]] of strokeOf(digit, { slant: 1, width: 0 }).entries()) {
        const [u, v] = plain[i] as readonly [number, number];
        expect(y).toBe(v);
        expect(Math.sign(x - u)).toBe(Math.sign(v));
      }
    }
  });

  test("a trembling hand's digit is nearest to its own", () => {
    const random = randomStream(1, "hands");
    for (const digit of digits) {
      const hand = { slant: 2 * random.uniform() - 1, width: 2 * random.uniform() - 1 };
      const way = trembling(strokeOf(digit, hand), 0.1, () => random.uniform());
      expect(nearestDigit(way, hand)).toBe(digit);
    }
  });

  test("there is no digit but 0 to 9", () => {
    expect(() => strokeOf(10, upright)).toThrow(/0 to 9/);
  });
});
