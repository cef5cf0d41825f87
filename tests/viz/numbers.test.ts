import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countText, numberText, parseNumber, signedText } from "../../src/viz/numberText.ts";
import { evenly, linearScale, ticks, tickText } from "../../src/viz/scale.ts";

const numbers = fc.double({ min: -1e5, max: 1e5, noNaN: true });

describe("numberText", () => {
  test("says what is no finite number in words or signs, never undefined or NaN", () => {
    expect(numberText(undefined)).toBe("no value");
    expect(numberText(Number.NaN)).toBe("not a number");
    expect(numberText(Number.NEGATIVE_INFINITY)).toBe("\u2212∞");
    fc.assert(fc.property(fc.double(), (x) => !/NaN|undefined|Infinity/.test(numberText(x))));
  });

  test.each([
    [0.8176, "0.818"],
    [0.81764, "0.818"],
    [12.345, "12.3"],
    [-0.5, "\u22120.500"],
    [3, "3"],
    [-0, "0"],
    [1234.5, "1235"],
    [1.5e-7, "1.50×10⁻⁷"],
    [-2e9, "\u22122.00×10⁹"],
  ])("%d is %s", (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  test("has no hyphen for a minus", () => {
    fc.assert(fc.property(fc.double(), (x) => !numberText(x).includes("-")));
  });

  test("what it prints is read back to three digits", () => {
    fc.assert(
      fc.property(numbers, (x) => {
        fc.pre(Math.abs(x) >= 1e-4);
        const back = parseNumber(numberText(x));
        expect(Math.abs((back ?? Number.NaN) - x)).toBeLessThanOrEqual(Math.abs(x) * 0.00501);
      }),
    );
  });

  test("x and −x differ only in the sign", () => {
    fc.assert(
      fc.property(numbers, (x) => {
        fc.pre(x > 0);
        expect(numberText(-x)).toBe(`\u2212${numberText(x)}`);
      }),
    );
  });
});

test("a contribution shows its sign, a count its thousands", () => {
  expect(signedText(0.25)).toBe("+0.250");
  expect(signedText(-0.25)).toBe("\u22120.250");
  expect(countText(1234567)).toBe("1\u202f234\u202f567");
});

test.each(["", "abc", "1.2.3", "--1", "NaN", "Infinity", "1e999", "0x10", "1 2"])(
  "“%s” is no number",
  (text) => {
    expect(parseNumber(text)).toBeNull();
  },
);

test("either minus sign, a comma and powers of ten are read", () => {
  expect(parseNumber("\u22120.5")).toBe(-0.5);
  expect(parseNumber(" -0,5 ")).toBe(-0.5);
  expect(parseNumber("1e-3")).toBe(0.001);
  expect(parseNumber(".5")).toBe(0.5);
});

const domains = fc
  .tuple(
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
  )
  .map(([low, span]) => [low, low + span] as const);

describe("scales", () => {
  test("invert undoes the scale", () => {
    fc.assert(
      fc.property(domains, fc.double({ min: 0, max: 1, noNaN: true }), (domain, share) => {
        const scale = linearScale(domain, [400, 0]);
        const value = domain[0] + share * (domain[1] - domain[0]);
        expect(scale.invert(scale(value))).toBeCloseTo(value, 5);
      }),
    );
  });

  test("an empty domain is refused", () => {
    expect(() => linearScale([1, 1], [0, 1])).toThrow(/low < high, got \[1, 1\]/);
  });

  test("ticks lie within the domain, evenly, about as many as asked", () => {
    fc.assert(
      fc.property(domains, (domain) => {
        const at = ticks(domain, 5);
        expect(at.length).toBeGreaterThanOrEqual(2);
        expect(at.length).toBeLessThanOrEqual(9);
        const slack = (domain[1] - domain[0]) * 1e-6;
        for (const tick of at) {
          expect(tick).toBeGreaterThanOrEqual(domain[0] - slack);
          expect(tick).toBeLessThanOrEqual(domain[1] + slack);
        }
      }),
    );
  });

  test("zero is a tick of every domain around it", () => {
    expect(ticks([-2.3, 1.7])).toEqual([-2, -1, 0, 1]);
    expect(ticks([-0.2, 1.2], 3)).toEqual([0, 0.5, 1]);
  });

  test("all ticks of an axis have the same decimals", () => {
    expect([-0.5, 0, 0.5].map((tick) => tickText(tick, 0.5))).toEqual(["\u22120.5", "0.0", "0.5"]);
    expect(tickText(20, 10)).toBe("20");
  });

  test("evenly includes both ends", () => {
    expect(evenly([0, 1], 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});
