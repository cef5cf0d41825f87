import fc from "fast-check";
import { expect, test } from "vitest";
import { dragged, refusal, stepped } from "../../src/widgets/numberSteps.ts";

test("a step keeps the digits that were typed, and drops the dust of 32-bit floats", () => {
  expect(stepped(0.8176, 1, {})).toBe(0.9176);
  expect(stepped(0.30000001192092896, 1, {})).toBe(0.4);
  expect(stepped(0.4, 0.1, {})).toBe(0.41);
  expect(stepped(0.4, -10, {})).toBe(-0.6);
  expect(stepped(3, 1, { integer: true })).toBe(4);
  expect(stepped(3, -0.1, { integer: true })).toBe(2);
});

test("a logarithmic step multiplies: ten of them make a factor of ten", () => {
  expect(stepped(0.01, 10, { scale: "log" })).toBe(0.1);
  expect(stepped(0.1, 1, { scale: "log" })).toBe(0.126);
});

test("no step and no drag leaves the range", () => {
  const range = { min: -2, max: 3 };
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 3, noNaN: true }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.boolean(),
      (value, steps, fine) => {
        for (const next of [stepped(value, steps, range), dragged(value, steps, fine, range)]) {
          expect(next).toBeGreaterThanOrEqual(-2);
          expect(next).toBeLessThanOrEqual(3);
        }
      },
    ),
  );
});

test("a drag there and back again ends where it began", () => {
  expect(dragged(0.5, 0, false, {})).toBe(0.5);
  expect(dragged(0.5, 3.2, false, {})).toBe(0.82);
  expect(dragged(0.5, 0.32, true, {})).toBe(0.532);
});

test("a refusal says what is taken", () => {
  expect(refusal(5, { min: 0, max: 1 })).toBe("Takes numbers from 0 to 1.");
  expect(refusal(0.5, { integer: true })).toBe("0.500 is not a whole number.");
  expect(refusal(-1, { min: 0, integer: true })).toBe("Takes whole numbers from 0 up.");
  expect(refusal(0.5, { min: 0, max: 1 })).toBeNull();
});
