import { describe, expect, test } from "vitest";
import {
  bracketAlphabet,
  bracketTexts,
  bracketTruth,
  readBrackets,
} from "../../src/data/brackets.ts";
import { randomStream } from "../../src/training/random.ts";

const options = { count: 60, length: 30, maxDepth: 5 };
const random = (seed = 1) => randomStream(seed, "brackets").uniform;
const textsOf = (kinds: number, seed = 1) => {
  const { x, y } = bracketTexts({ ...options, kinds }, random(seed));
  const rows = Array.from({ length: options.count }, (_, i) =>
    Array.from(x?.data.slice(i * options.length, (i + 1) * options.length) ?? []),
  );
  return { rows, x, y };
};

describe.each([1, 2])("texts with %i kinds of bracket", (kinds) => {
  const { rows, y } = textsOf(kinds);

  test("close every bracket in its turn, and are never deeper than they may be", () => {
    const depths = rows.flatMap((row) => bracketTruth(row, kinds).depth);
    expect(Math.min(...depths)).toBe(0);
    expect(Math.max(...depths)).toBe(options.maxDepth);
  });

  test("use every character, and say after each which bracket may close", () => {
    expect(new Set(rows.flat()).size).toBe(bracketAlphabet(kinds).length);
    const closes = rows.flatMap((row) => bracketTruth(row, kinds).closes);
    expect(Array.from(y?.data ?? [])).toEqual(closes);
    expect(new Set(closes).size).toBe(kinds + 1);
  });

  test("are the same again from the same seed, and others from another", () => {
    expect(textsOf(kinds).x).toEqual(textsOf(kinds).x);
    expect(textsOf(kinds, 2).x).not.toEqual(textsOf(kinds).x);
  });
});

describe("the truth about a text", () => {
  const truth = (text: string, kinds = 2) => bracketTruth(readBrackets(text, kinds), kinds);

  test("is how many brackets are open and which was opened last", () => {
    expect(truth("(a[b])")).toEqual({ depth: [1, 1, 2, 2, 1, 0], closes: [1, 1, 2, 2, 1, 0] });
  });

  test("a bracket that is not open cannot close, and the message says where", () => {
    expect(() => truth("())", 1)).toThrow("Character 3 is “)”, but there is no “(” open");
    expect(() => truth("([)]")).toThrow("Character 3 is “)”, but the bracket opened last is “[”");
  });
});

describe("a typed text", () => {
  test("reads letters, digits and spaces as what changes nothing", () => {
    expect(readBrackets("f(x 1)", 1)).toEqual([2, 0, 2, 2, 2, 1]);
  });

  test("names a character that the model does not know, and what it does", () => {
    expect(() => readBrackets("([", 1)).toThrow(
      "Character 2 is “[”, which the model does not know",
    );
    expect(() => readBrackets("(€)", 2)).toThrow("Write ( ) [ ] and, between them, letters");
  });
});

test("the generator says what it takes", () => {
  expect(() => bracketTexts({ ...options, kinds: 3 }, random())).toThrow(/1 or 2 kinds/);
  expect(() => bracketTexts({ ...options, kinds: 1, maxDepth: 0 }, random())).toThrow(
    /as maxDepth/,
  );
});
