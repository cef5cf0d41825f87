import type { NDArray } from "./ndarray.ts";
import { type Parted, shuffledBy } from "./sentences.ts";

/** A sentence in both languages, word by word. */
export interface SentencePair {
  readonly english: readonly string[];
  readonly spanish: readonly string[];
}

interface Noun {
  readonly english: string;
  readonly spanish: string;
  readonly isFeminine: boolean;
}

const noun = (english: string, spanish: string, isFeminine = false): Noun => ({
  english,
  spanish,
  isFeminine,
});
const beings = [
  noun("boy", "niño"),
  noun("girl", "niña", true),
  noun("cat", "gato"),
  noun("dog", "perro"),
];
const things = [
  noun("book", "libro"),
  noun("letter", "carta", true),
  noun("house", "casa", true),
  noun("car", "coche"),
];
/** In English, and in Spanish for each gender. */
const determiners = [
  ["the", "el", "la"],
  ["a", "un", "una"],
] as const;
const adjectives = [
  ["red", "rojo", "roja"],
  ["black", "negro", "negra"],
  ["small", "pequeño", "pequeña"],
  ["white", "blanco", "blanca"],
] as const;
/** In English for others and for me and you; in Spanish for each of the three. */
const verbs = [
  ["has", "have", "tiene", "tengo", "tienes"],
  ["wants", "want", "quiere", "quiero", "quieres"],
  ["sees", "see", "ve", "veo", "ves"],
] as const;

type Agreeing = readonly [english: string, masculine: string, feminine: string];

const agreed = ([, masculine, feminine]: Agreeing, { isFeminine }: Noun) =>
  isFeminine ? feminine : masculine;

/** Determiner, adjective and noun; in Spanish the adjective comes after the noun. */
function phrase(determiner: Agreeing, adjective: Agreeing | null, of: Noun): SentencePair {
  const [the, el] = [determiner[0], agreed(determiner, of)];
  if (!adjective) return { english: [the, of.english], spanish: [el, of.spanish] };
  return {
    english: [the, adjective[0], of.english],
    spanish: [el, of.spanish, agreed(adjective, of)],
  };
}

const perhapsAdjectives = [null, ...adjectives];

function phrases(nouns: readonly Noun[], those: readonly Agreeing[] = determiners): SentencePair[] {
  return nouns.flatMap((of) =>
    those.flatMap((determiner) =>
      perhapsAdjectives.map((adjective) => phrase(determiner, adjective, of)),
    ),
  );
}

/** "the small boy wants a red book": el niño pequeño quiere un libro rojo. */
function statements(): SentencePair[] {
  return phrases(beings).flatMap((subject) =>
    verbs.flatMap(([wants, , quiere]) =>
      phrases(things).map((object) => ({
        english: [...subject.english, wants, ...object.english],
        spanish: [...subject.spanish, quiere, ...object.spanish],
      })),
    ),
  );
}

/** "i see the car": veo el coche. In Spanish the verb says who. */
function ofPersons(): SentencePair[] {
  return verbs.flatMap(([, want, , quiero, quieres]) =>
    phrases(things).flatMap((object) => [
      { english: ["i", want, ...object.english], spanish: [quiero, ...object.spanish] },
      { english: ["you", want, ...object.english], spanish: [quieres, ...object.spanish] },
    ]),
  );
}

/** "the white house is small": la casa blanca es pequeña; and whether it is: ¿ es pequeña la casa blanca ? */
function descriptions(): { said: SentencePair; asked: SentencePair }[] {
  const [the] = determiners;
  return [...beings, ...things].flatMap((of) =>
    perhapsAdjectives.flatMap((own) =>
      adjectives
        .filter((adjective) => adjective !== own)
        .map((adjective) => {
          const { english, spanish } = phrase(the, own, of);
          const es = ["es", agreed(adjective, of)];
          return {
            said: { english: [...english, "is", adjective[0]], spanish: [...spanish, ...es] },
            asked: {
              english: ["is", ...english, adjective[0], "?"],
              spanish: ["¿", ...es, ...spanish, "?"],
            },
          };
        }),
    ),
  );
}

/** "where is the black cat ?": ¿ dónde está el gato negro ? */
function places(): SentencePair[] {
  return phrases([...beings, ...things], determiners.slice(0, 1)).map(({ english, spanish }) => ({
    english: ["where", "is", ...english, "?"],
    spanish: ["¿", "dónde", "está", ...spanish, "?"],
  }));
}

const greeting: SentencePair = {
  english: ["how", "are", "you", "?"],
  spanish: ["¿", "cómo", "estás", "?"],
};

/** Every sentence of the grammar, by its form. */
function byForm(): readonly (readonly SentencePair[])[] {
  const described = descriptions();
  return [
    statements(),
    ofPersons(),
    described.map(({ said }) => said),
    described.map(({ asked }) => asked),
    places(),
    [greeting],
  ];
}

/** Every sentence of the grammar: 5,337. */
export function everySentence(): SentencePair[] {
  return byForm().flat();
}

/** What stands for no word: past the end, where writing begins, and where it ends. */
export const [noWord, start, end] = ["", "⟨start⟩", "⟨end⟩"] as const;

function wordsOfAll(language: keyof SentencePair): string[] {
  return [...new Set(everySentence().flatMap((pair) => pair[language]))].sort();
}

/** The 27 English words, from number 1 on; 0 is no word. */
export const englishWords: readonly string[] = [noWord, ...wordsOfAll("english")];
/** The 36 Spanish words, from number 3 on; before them no word, the start and the end. */
export const spanishWords: readonly string[] = [noWord, start, end, ...wordsOfAll("spanish")];

/** The most words of a sentence, in either language. */
export const longestSentence = 7;

/** How often each form comes, of 40: those that are rarer in the grammar are given more room. */
const shares = [20, 6, 5, 5, 4];

/**
 * Sentences to learn from and others, never seen, to test on: each form has its share of both, and no
 * sentence stands twice. "how are you ?", the only one of its form, is to learn from.
 *
 * @throws RangeError when so many are not to be had: at most 1,000 and 200
 */
export function sentencePairs(
  counts: { readonly training: number; readonly heldOut: number },
  random: () => number,
): Parted<SentencePair> {
  if (
    !(
      counts.training >= 1 &&
      counts.training <= 1000 &&
      counts.heldOut >= 0 &&
      counts.heldOut <= 200
    )
  ) {
    throw new RangeError(
      `Expected 1 to 1,000 sentences to learn from and 0 to 200 others, got ${counts.training} and ${counts.heldOut}.`,
    );
  }
  const forms = byForm().slice(0, shares.length);
  const drawn = forms.map((form) => shuffledBy(form, random));
  const heldOut = apportioned(drawn, counts.heldOut);
  const rest = drawn.map((form) => form.filter((pair) => !heldOut.includes(pair)));
  const training = [greeting, ...apportioned(rest, counts.training - 1)];
  return {
    training: shuffledBy(training, random),
    heldOut: shuffledBy(heldOut, random),
  };
}

/** So many sentences, of each form its share; what a form has too few of comes from the first. */
function apportioned(forms: readonly (readonly SentencePair[])[], count: number): SentencePair[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const own = forms.map((form, i) =>
    i === 0 ? 0 : Math.min(form.length, Math.round((count * (shares[i] as number)) / total)),
  );
  own[0] = count - own.reduce((sum, n) => sum + n, 0);
  return forms.flatMap((form, i) => form.slice(0, own[i]));
}

/** Sentences as a model takes them. */
export interface EncodedPairs {
  /** The English words, `[n, 7]`; 0 past the end. */
  readonly x: NDArray;
  /** The start, then the Spanish words, `[n, 8]`; 0 past the end: what the decoder is given. */
  readonly before: NDArray;
  /** The Spanish words, then the end, `[n, 8]`; −1 past it: what it is to say after each. */
  readonly y: NDArray;
}

/**
 * @throws RangeError naming a word that is not in the grammar
 */
export function encodedPairs(pairs: readonly SentencePair[]): EncodedPairs {
  const rows = pairs.map(({ english, spanish }) => {
    const own = spanish.map((word) => numberOf(spanishWords, word));
    return {
      x: filledUp(
        english.map((word) => numberOf(englishWords, word)),
        longestSentence,
        0,
      ),
      before: filledUp([1, ...own], longestSentence + 1, 0),
      y: filledUp([...own, 2], longestSentence + 1, -1),
    };
  });
  const joined = (name: "x" | "before" | "y", width: number): NDArray => ({
    shape: [rows.length, width],
    data: Float32Array.from(rows.flatMap((row) => row[name])),
  });
  return {
    x: joined("x", longestSentence),
    before: joined("before", longestSentence + 1),
    y: joined("y", longestSentence + 1),
  };
}

function filledUp(numbers: readonly number[], width: number, filling: number): number[] {
  return Array.from({ length: width }, (_, i) => numbers[i] ?? filling);
}

function numberOf(words: readonly string[], word: string): number {
  const number = words.indexOf(word);
  if (number < 0)
    throw new RangeError(`Expected one of ${words.filter(Boolean).join(", ")}, got "${word}".`);
  return number;
}

/** The words of what somebody typed: small letters, the marks of questions words of their own, other marks left out. */
export function typedWords(text: string): string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+|[?¿]/gu) ?? []
  );
}

/** The Spanish words of a row of numbers, up to the end. */
export function spanishOf(numbers: ArrayLike<number>): string[] {
  const words: string[] = [];
  for (const number of Array.from(numbers)) {
    const word = spanishWords[number];
    if (word === undefined || word === end || word === noWord) break;
    if (word !== start) words.push(word);
  }
  return words;
}
