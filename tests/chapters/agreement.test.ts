import { expect, test } from "vitest";
import {
  agreeingSentences,
  agreements,
  askedArrays,
  gap,
  hardQuestions,
  hiddenWords,
  longest,
  readWords,
  vocabulary,
  wordNumber,
} from "../../chapters/08-transformer/agreement.ts";
import { entry } from "../../src/data/ndarray.ts";
import { randomStream } from "../../src/training/random.ts";

const { training, heldOut } = agreeingSentences(
  { training: 400, heldOut: 100 },
  randomStream(7, "agreement").uniform,
);
const isNoun = (word: string) => /^(boy|king|girl|queen|dog|cat)s?$/.test(word);
const forms: readonly (readonly string[])[] = agreements.verb.forms;

/** The subject: the noun before the verb whose phrase no preposition begins. */
function subjectOf(words: readonly string[]): string {
  const verb = words.findIndex((word) => forms.flat().includes(word));
  const preposition = words.findIndex((word) => word === "near" || word === "behind");
  const nouns = words.flatMap((word, i) => (i < verb && isNoun(word) ? [i] : []));
  const other = nouns.find((i) => preposition >= 0 && i > preposition);
  return words[nouns.find((i) => i !== other) ?? -1] ?? "none";
}

test("every verb agrees with its subject, and every reflexive pronoun too", () => {
  for (const words of [...training, ...heldOut]) {
    const subject = subjectOf(words);
    const isPlural = subject.endsWith("s");
    const verb = words.find((word) => forms.flat().includes(word)) ?? "";
    expect(forms[isPlural ? 1 : 0], words.join(" ")).toContain(verb);
    const pronoun = words.find((word) => /sel(f|ves)$/.test(word));
    const own = /^(boy|king)$/.test(subject)
      ? "himself"
      : /^(girl|queen)$/.test(subject)
        ? "herself"
        : "itself";
    if (pronoun) expect(pronoun, words.join(" ")).toBe(isPlural ? "themselves" : own);
  }
});

test("a stands before consonants, an before vowels", () => {
  for (const words of training) {
    for (const [i, word] of words.entries()) {
      const isVowel = /^[aeiou]/.test(words[i + 1] ?? "");
      if (word === "a") expect(isVowel).toBe(false);
      if (word === "an") expect(isVowel).toBe(true);
    }
  }
});

test("no sentence is both learnt from and asked about, and each fits", () => {
  const learnt = new Set(training.map((words) => words.join(" ")));
  expect(heldOut.filter((words) => learnt.has(words.join(" ")))).toEqual([]);
  for (const words of training) {
    expect(words.length).toBeLessThanOrEqual(longest);
    expect(words.every((word) => wordNumber(word) > 1)).toBe(true);
  }
});

test("each word is hidden once, and asked for there alone", () => {
  const [words = []] = training;
  const { x, y } = hiddenWords([words]);
  expect(x?.shape).toEqual([words.length, longest]);
  for (const [row, word] of words.entries()) {
    const told = Array.from({ length: longest }, (_, t) => entry(y, row * longest + t));
    expect(entry(x, row * longest + row)).toBe(wordNumber(gap));
    expect(told.filter((number) => number !== -1)).toEqual([wordNumber(word)]);
    expect(told[row]).toBe(wordNumber(word));
  }
});

test("a question has a right form and wrong ones, and they share no word", () => {
  const questions = hardQuestions(heldOut);
  const { good, others } = askedArrays(questions);
  const V = vocabulary.length;
  for (const [i, { words, hidden }] of questions.entries()) {
    const right = vocabulary.filter((_, v) => entry(good, i * V + v) === 1);
    const wrong = vocabulary.filter((_, v) => entry(others, i * V + v) === 1);
    expect(right).toContain(words[hidden]);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter((word) => right.includes(word))).toEqual([]);
  }
});

test("of what is typed, the known words are read, and the others named", () => {
  expect(readWords("The BOYS near the castle see themselves!")).toEqual({
    words: ["the", "boys", "near", "the", "see", "themselves"],
    strange: ["castle"],
    leftOut: 0,
  });
  expect(readWords("")).toEqual({ words: ["the"], strange: [], leftOut: 0 });
  expect(readWords("the ".repeat(14)).leftOut).toBe(4);
});
