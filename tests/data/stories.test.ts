import { describe, expect, test } from "vitest";
import { stories, storyWords } from "../../src/data/stories.ts";
import {
  storyCorpus,
  storyTokens,
  storyVocabulary,
  textCorpus,
  textTokens,
} from "../../src/data/tokenCorpus.ts";
import { randomStream } from "../../src/training/random.ts";

const random = (label: string) => {
  const stream = randomStream(1, label);
  return () => stream.uniform();
};
const told = stories(300, random("a test"));
const numbers = ["no", "one", "two", "three", "four", "five", "six"];

describe("stories", () => {
  test("are the same for the same random numbers", () => {
    expect(stories(20, random("a test"))).toEqual(told.slice(0, 20));
  });

  test("add and take away rightly", () => {
    const sum =
      /^(\w+) had (\w+) \w+ and gave (\w+) \w+ to an? \w+\. Now \1 had (\w+) \w+\.(?: Then s?he found (\w+) \w+ more\. Now \1 had (\w+) )?/;
    const sums = told.flatMap((story) => {
      const match = sum.exec(story);
      return match ? [match.slice(2).map((word) => word && numbers.indexOf(word))] : [];
    });
    expect(sums.length).toBeGreaterThan(20);
    for (const [had, gave, left, found, now] of sums as number[][]) {
      expect(left).toBe(had! - gave!);
      if (now !== undefined) expect(now).toBe(left! + found!);
    }
  });

  test("speak of one colour for one thing, from the beginning to the end", () => {
    const named = new RegExp(`\\b(${storyWords.colours.join("|")})\\b`, "g");
    for (const story of told) expect(new Set(story.match(named)).size).toBeLessThanOrEqual(1);
  });

  test("go with the right article and pronoun", () => {
    expect(told.join("")).not.toMatch(/\ba [aeiou]|\ban [^aeiou]/);
    expect(told.join("")).not.toMatch(
      /(Mia|Ida|Lena|Noor) was a boy|(Tom|Ben|Omar|Kai) was a girl/,
    );
  });
});

describe("a corpus of tokens", () => {
  const { pairs, coder } = storyTokens(random);
  const corpus = storyCorpus(64, random);

  test("has as many tokens as it says, and reads and writes every story", () => {
    expect(pairs.tokens).toHaveLength(storyVocabulary);
    for (const story of told) expect(coder.decode(coder.encode(story))).toBe(story);
  });

  test("asks at each place for the token that comes next", () => {
    for (const { x, y } of [corpus.training, corpus.heldOut]) {
      const [rows = 0, T = 0] = x?.shape ?? [];
      expect(y?.shape).toEqual([rows, T]);
      for (let row = 0; row < Math.min(rows, 50); row++) {
        const at = row * T;
        expect(y?.data.slice(at, at + T - 1)).toEqual(x?.data.slice(at + 1, at + T));
      }
    }
  });

  test("of a text keeps its end apart, and refuses one that is too short", () => {
    const text = told.join("");
    const tokens = textTokens(text);
    const own = textCorpus(text, 16, tokens, random);
    const all = tokens.coder.encode(text);
    expect(own.length).toBeLessThan(0.91 * all.length);
    expect(Array.from(own.heldOut.x?.data.slice(0, 16) ?? [])).toEqual(
      all.slice(own.length, own.length + 16),
    );
    expect(() => textCorpus("Too short.", 16, tokens, random)).toThrow("at least 49 tokens");
  });
});
