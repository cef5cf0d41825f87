import { expect, test } from "vitest";
import {
  encodedPairs,
  englishWords,
  everySentence,
  longestSentence,
  sentencePairs,
  spanishOf,
  spanishWords,
  typedWords,
} from "../../src/data/translation.ts";
import { randomStream } from "../../src/training/random.ts";

const all = everySentence();
const spanish = new Map(all.map((pair) => [pair.english.join(" "), pair.spanish.join(" ")]));
const uniform = (seed: number) => randomStream(seed, "sentences").uniform;

// By Spanish grammar, not by the program.
test.each([
  ["the small boy wants a red book", "el niño pequeño quiere un libro rojo"],
  ["a girl sees the white house", "una niña ve la casa blanca"],
  ["i have a black car", "tengo un coche negro"],
  ["you see the letter", "ves la carta"],
  ["the red letter is small", "la carta roja es pequeña"],
  ["is the black cat small ?", "¿ es pequeño el gato negro ?"],
  ["where is the white dog ?", "¿ dónde está el perro blanco ?"],
  ["how are you ?", "¿ cómo estás ?"],
])("%s: %s", (english, expected) => {
  expect(spanish.get(english)).toBe(expected);
});

test("the grammar has 5,337 sentences, no English one twice, of 27 and 36 words", () => {
  expect(all).toHaveLength(5337);
  expect(spanish.size).toBe(5337);
  expect(englishWords.slice(1)).toHaveLength(27);
  expect(spanishWords.slice(3)).toHaveLength(36);
  const lengths = all.flatMap(({ english, spanish: other }) => [english.length, other.length]);
  expect(Math.max(...lengths)).toBe(longestSentence);
});

test("every adjective and determiner agrees with its noun, and adjectives follow it", () => {
  const feminine = ["niña", "carta", "casa"];
  const nouns = [...feminine, "niño", "gato", "perro", "libro", "coche"];
  for (const { spanish: words } of all) {
    let ofThe = false;
    for (const [i, word] of words.entries()) {
      if (["el", "un", "la", "una"].includes(word)) {
        const noun = words[i + 1]!;
        expect(nouns).toContain(noun);
        ofThe = feminine.includes(noun);
        expect(["la", "una"].includes(word)).toBe(ofThe);
      }
      const stem = /^(roj|negr|pequeñ|blanc)([oa])$/.exec(word);
      if (!stem) continue;
      const noun = words.slice(0, i).findLast((other) => nouns.includes(other));
      // Asked for, the adjective comes before what it is about.
      const about = noun ?? words.slice(i).find((other) => nouns.includes(other))!;
      expect(stem[2] === "a", words.join(" ")).toBe(feminine.includes(about));
    }
  }
});

test("what is held out is not among what is learned from, and each form is in both", () => {
  for (const seed of [1, 2, 3]) {
    const { training, heldOut } = sentencePairs({ training: 800, heldOut: 100 }, uniform(seed));
    expect([training.length, heldOut.length]).toEqual([800, 100]);
    const seen = new Set(training.map(({ english }) => english.join(" ")));
    expect(seen.size).toBe(800);
    expect(heldOut.filter(({ english }) => seen.has(english.join(" ")))).toEqual([]);
    for (const part of [training, heldOut]) {
      const firsts = new Set(part.map(({ english: [first] }) => first));
      expect(["the", "a", "i", "you", "is", "where"].filter((word) => !firsts.has(word))).toEqual(
        [],
      );
    }
    expect(seen.has("how are you ?")).toBe(true);
    const words = new Set(training.flatMap(({ spanish: own }) => own));
    expect(spanishWords.slice(3).filter((word) => !words.has(word))).toEqual([]);
  }
});

test("the same random numbers give the same sentences; too many are refused", () => {
  const counts = { training: 100, heldOut: 20 };
  expect(sentencePairs(counts, uniform(4))).toEqual(sentencePairs(counts, uniform(4)));
  expect(() => sentencePairs({ training: 5000, heldOut: 1 }, uniform(1))).toThrow(
    /1 to 1,000 sentences to learn from and 0 to 200 others, got 5000 and 1/,
  );
});

test("the decoder is given each word one step after it is to say it", () => {
  const { x, before, y } = encodedPairs([
    { english: ["how", "are", "you", "?"], spanish: ["¿", "cómo", "estás", "?"] },
  ]);
  expect([x.shape, before.shape, y.shape]).toEqual([
    [1, 7],
    [1, 8],
    [1, 8],
  ]);
  expect([...before.data.slice(1, 5)]).toEqual([...y.data.slice(0, 4)]);
  expect([before.data[0], y.data[4], ...y.data.slice(5), ...before.data.slice(5)]).toEqual([
    1, 2, -1, -1, -1, 0, 0, 0,
  ]);
  expect([...x.data.slice(4)]).toEqual([0, 0, 0]);
  expect(spanishOf(before.data)).toEqual(["¿", "cómo", "estás", "?"]);
  expect(spanishOf([4, 2, 5])).toEqual([spanishWords[4]]);
  expect(() => encodedPairs([{ english: ["hello"], spanish: [] }])).toThrow(/got "hello"/);
});

test("typed words are taken apart as the grammar writes them", () => {
  expect(typedWords("Where is the DOG?")).toEqual(["where", "is", "the", "dog", "?"]);
  expect(typedWords("¿Cómo estás?")).toEqual(["¿", "cómo", "estás", "?"]);
  expect(typedWords(" … ")).toEqual([]);
});
