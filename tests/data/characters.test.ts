import { describe, expect, test } from "vitest";
import {
  alphabetOf,
  charactersOf,
  entropyOf,
  pairEntropyOf,
  plainText,
  standIn,
  windowsOf,
} from "../../src/data/characters.ts";
import { tale } from "../../src/data/tale.ts";

const numbersOf = (text: string) => {
  const characters = charactersOf(text);
  return characters.map(alphabetOf(characters, 96).numberOf);
};

describe("an alphabet", () => {
  test("has the most frequent character first, and of equals that with the smaller code", () => {
    expect(alphabetOf([..."bbaacc!ccc"], 10).characters).toEqual(["c", "a", "b", "!"]);
  });

  test("that is full lets the rarest give way to one stand-in, and says how many", () => {
    const alphabet = alphabetOf([..."aaabbcdé"], 3);
    expect(alphabet.characters).toEqual(["a", "b", standIn]);
    expect(["a", "b", "c", "é", "z"].map(alphabet.numberOf)).toEqual([0, 1, 2, 2, 2]);
    expect(alphabet.left).toEqual({ kinds: 3, times: 3 });
  });

  test("takes a character outside the first plane as one", () => {
    expect(charactersOf("a𝄞b")).toHaveLength(3);
    expect(alphabetOf(charactersOf("𝄞𝄞a"), 9).characters[0]).toBe("𝄞");
  });

  test("a stand-in in the text itself is the stand-in", () => {
    const alphabet = alphabetOf([...`a${standIn}a`], 9);
    expect(alphabet.characters.filter((character) => character === standIn)).toHaveLength(1);
  });
});

test("a text is made plain: one kind of line end, one kind of blank, composed signs", () => {
  expect(plainText("a\r\nb\rc\td\u00a0e\u0301")).toBe("a\nb\nc d é");
});

describe("windows", () => {
  test("follow each other at the stride, and what is too short at the end is left out", () => {
    const { shape, data } = windowsOf([0, 1, 2, 3, 4, 5, 6], 3, 2);
    expect(shape).toEqual([3, 3]);
    expect(Array.from(data)).toEqual([0, 1, 2, 2, 3, 4, 4, 5, 6]);
    expect(windowsOf([1, 2], 3, 1).shape).toEqual([0, 3]);
  });
});

describe("entropy", () => {
  test("of characters that are all alike frequent is the logarithm of their number", () => {
    expect(entropyOf(numbersOf("abcdabcd"))).toBeCloseTo(Math.log(4), 10);
    expect(entropyOf(numbersOf("aaaa"))).toBeCloseTo(0, 10);
  });

  test("of the next character is 0 where each has but one that follows, and that of one where they say nothing", () => {
    expect(pairEntropyOf(numbersOf("abcabcabca"))).toBeCloseTo(0, 10);
    // After a, and after b, come a and b equally often.
    expect(pairEntropyOf(numbersOf("aabbaabba"))).toBeCloseTo(Math.log(2), 10);
  });

  test("of pairs is at most that of single characters, and that at most that of the alphabet", () => {
    const numbers = numbersOf(tale);
    const kinds = new Set(numbers).size;
    expect(pairEntropyOf(numbers)).toBeLessThan(entropyOf(numbers));
    expect(entropyOf(numbers)).toBeLessThan(Math.log(kinds));
  });
});

test("the tale opens and closes every quotation, on one line", () => {
  for (const line of tale.split("\n")) {
    const marks = [...line].filter((sign) => sign === "“" || sign === "”").join("");
    expect(marks, line).toMatch(/^(“”)*$/);
  }
});
