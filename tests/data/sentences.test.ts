import { describe, expect, test } from "vitest";
import { clockTimes, clockVocabulary, longestClock, signsOf } from "../../src/data/clock.ts";
import { longestReview, review, reviewVocabulary } from "../../src/data/reviews.ts";
import {
  distinct,
  encoded,
  shuffledBy,
  unknownWord,
  vocabularyOf,
  wordsOf,
} from "../../src/data/sentences.ts";
import {
  longestTagged,
  taggedSentence,
  taggingVocabulary,
  usualTags,
} from "../../src/data/tagging.ts";
import { randomStream } from "../../src/training/random.ts";

const uniform = (label: string) => {
  const random = randomStream(1, label);
  return () => random.uniform();
};
const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe("words and their numbers", () => {
  const vocabulary = vocabularyOf(["dog", "cat", "dog"]);

  test("0 is no word, 1 a word that is not known, and every other has its own", () => {
    expect(vocabulary.words).toEqual(["", "?", "cat", "dog"]);
    expect(["cat", "dog", "cow", "?"].map(vocabulary.numberOf)).toEqual([2, 3, 1, 1]);
  });

  test("a text is read in small letters without its punctuation, and “n’t” is a word of its own", () => {
    expect(wordsOf("It wasn’t BAD, was it?! Can't say.")).toEqual(
      "it was not bad was it can not say".split(" "),
    );
    expect(wordsOf("ten o’clock")).toEqual(["ten", "o'clock"]);
    expect(wordsOf("the ? was good?")).toEqual(["the", "?", "was", "good"]);
    expect(wordsOf(" … ")).toEqual([]);
  });

  test("sentences are rows of numbers, with 0 past the end, and what is too long is cut", () => {
    const rows = encoded([["dog"], ["cat", "cow", "dog", "dog"]], vocabulary, 3);
    expect(rows).toEqual({ shape: [2, 3], data: Float32Array.of(3, 0, 0, 2, 1, 3) });
  });

  test("examples in two parts share none, and none comes twice", () => {
    const random = uniform("numbers");
    const { training, heldOut } = distinct(() => Math.floor(random() * 50), String, {
      training: 30,
      heldOut: 15,
    });
    expect(new Set([...training, ...heldOut]).size).toBe(45);
    expect(() => distinct(() => 1, String, { training: 1, heldOut: 1 })).toThrow(
      /2 different examples/,
    );
  });

  test("a shuffled list has the same members", () => {
    const list = [1, 2, 2, 3, 4, 5, 6];
    const other = shuffledBy(list, uniform("order"));
    expect(other).not.toEqual(list);
    expect([...other].sort()).toEqual(list);
  });
});

describe("sentences of praise and blame", () => {
  const sample = many(4000, () => review(uniformReview));
  const of = (words: readonly string[]) => words.join(" ");

  test("are of the grammar's words and no longer than it says", () => {
    for (const { words } of sample) {
      expect(words.length).toBeLessThanOrEqual(longestReview);
      expect(words.filter((word) => !reviewVocabulary.words.includes(word))).toEqual([]);
    }
    expect(Math.max(...sample.map(({ words }) => words.length))).toBe(longestReview);
  });

  test("praise and blame alike", () => {
    const praise = sample.filter(({ verdict }) => verdict === 1).length;
    expect(praise / sample.length).toBeCloseTo(0.5, 1);
  });

  test("the same sentence always has the same verdict", () => {
    const verdicts = new Map(sample.map(({ words, verdict }) => [of(words), verdict]));
    for (const { words, verdict } of sample) expect(verdicts.get(of(words))).toBe(verdict);
  });

  test("the halves of “A but B” turned round are the same bag of words with the other verdict", () => {
    const verdicts = new Map(sample.map(({ words, verdict }) => [of(words), verdict]));
    const sign = (clause: readonly string[]) => verdicts.get(of(clause));
    let compared = 0;
    for (const { words, verdict } of sample) {
      const at = words.indexOf("but");
      if (at < 0) continue;
      const [first, second] = [sign(words.slice(0, at)), sign(words.slice(at + 1))];
      if (first === undefined || second === undefined) continue;
      compared += 1;
      expect(second).toBe(verdict);
      expect(first).toBe(1 - verdict);
    }
    expect(compared).toBeGreaterThan(20);
  });
});

const uniformReview = uniform("reviews");

describe("tagged sentences", () => {
  const random = uniform("tagged");
  const sample = many(3000, () => taggedSentence(random));

  test("have a tag a word, known words, and no more of them than the grammar says", () => {
    for (const { words, tags } of sample) {
      expect(tags).toHaveLength(words.length);
      expect(words.length).toBeLessThanOrEqual(longestTagged);
      expect(words.filter((word) => !taggingVocabulary.words.includes(word))).toEqual([]);
    }
  });

  test("the words before one decide its tag", () => {
    const seen = new Map<string, string>();
    for (const { words, tags } of sample) {
      for (const [i, tag] of tags.entries()) {
        const before = words.slice(0, i + 1).join(" ");
        if (words.slice(0, i + 1).includes(unknownWord)) continue;
        expect(seen.get(before) ?? tag, before).toBe(tag);
        seen.set(before, tag);
      }
    }
  });

  test("a word by itself does not: at least a tenth of all words are not what they usually are", () => {
    const usual = usualTags(sample);
    const all = sample.flatMap(({ words, tags }) =>
      words.map((word, i) => usual.get(word) === tags[i]),
    );
    const share = all.filter((isRight) => isRight).length / all.length;
    expect(share).toBeLessThan(0.9);
    expect(share).toBeGreaterThan(0.6);
  });
});

describe("times in words", () => {
  const times = clockTimes();

  test("every minute from 1:00 to 12:59 is said, and no phrase says two", () => {
    expect(new Set(times.map(({ figures }) => figures)).size).toBe(720);
    expect(new Set(times.map(({ words }) => words.join(" "))).size).toBe(times.length);
  });

  test.each([
    ["twenty five to nine", "8:35"],
    ["quarter to one", "12:45"],
    ["half past twelve", "12:30"],
    ["one oh five", "1:05"],
    ["nineteen minutes to four", "3:41"],
    ["eleven o'clock", "11:00"],
  ])("“%s” is %s", (phrase, figures) => {
    expect(times.find(({ words }) => words.join(" ") === phrase)?.figures).toBe(figures);
  });

  test("they have known words, and no more of them or of signs than is said", () => {
    for (const { words, figures } of times) {
      expect(words.length).toBeLessThanOrEqual(longestClock.words);
      expect(signsOf(figures).length).toBeLessThanOrEqual(longestClock.signs);
      expect(words.filter((word) => !clockVocabulary.words.includes(word))).toEqual([]);
    }
    expect(signsOf("8:40")).toEqual([8, 10, 4, 0, 11]);
  });
});
