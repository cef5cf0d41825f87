import { type Arrays, filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import {
  type EncodedPairs,
  encodedPairs,
  englishWords,
  everySentence,
  longestSentence,
  type SentencePair,
  sentencePairs,
  spanishWords,
  typedWords,
} from "../../src/data/translation.ts";
import { randomStream } from "../../src/training/random.ts";

/** Words that are learnt from, and others that are kept apart. */
const trainingSentences = 1000;
export const heldOutSentences = 100;

/** The numbers of the Spanish words that are none: where writing begins, and where it ends. */
export const startNumber = 1;
export const endNumber = 2;

/** The most words that are written, the end among them. */
export const mostWritten = longestSentence + 1;

/** Every shape of the vocabulary that the model needs. */
export const vocabularies = {
  source: { V: englishWords.length, T: longestSentence },
  target: { V: spanishWords.length, T: mostWritten },
} as const;

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The sentences, parted once for all, so that none of those kept apart is ever learnt from. */
const sentences = once(() =>
  sentencePairs(
    { training: trainingSentences, heldOut: heldOutSentences },
    randomStream(1, "sentences to translate").uniform,
  ),
);

/** What is learnt from. */
export const trainingPairs: () => EncodedPairs = once(() => encodedPairs(sentences().training));

/** What is kept apart; `target` in the place of `y` asks the model how it does, taught or left alone. */
export const heldOutPairs: () => { readonly held: Arrays; readonly alone: Arrays } = once(() => {
  const { x, before, y } = encodedPairs(sentences().heldOut);
  return { held: { x, before, target: y }, alone: { x, target: y } };
});

const keyOf = (english: readonly string[]) => english.join(" ");

/** Where each sentence of the grammar stands: learnt from, kept apart, or in neither. */
const places = once(() => {
  const { training, heldOut } = sentences();
  const parts = { training: keys(training), heldOut: keys(heldOut) };
  return new Map(
    everySentence().map((pair) => [
      keyOf(pair.english),
      { pair, place: placeOf(parts, keyOf(pair.english)) },
    ]),
  );
});

type Place = "training" | "heldOut" | "neither";

const keys = (pairs: readonly SentencePair[]) =>
  new Set(pairs.map(({ english }) => keyOf(english)));

function placeOf(parts: Record<"training" | "heldOut", Set<string>>, key: string): Place {
  if (parts.training.has(key)) return "training";
  return parts.heldOut.has(key) ? "heldOut" : "neither";
}

/** What the model makes of the words that somebody typed. */
export interface ReadSentence {
  /** The words that it knows, at most 7. */
  readonly words: readonly string[];
  /** Words that it does not know, left out. */
  readonly strange: readonly string[];
  /** Words beyond the seventh. */
  readonly left: readonly string[];
  /** The right translation, where the grammar has the sentence; null where it has not. */
  readonly right: readonly string[] | null;
  readonly place: Place;
}

export function readSentence(text: string): ReadSentence {
  const typed = typedWords(text);
  const known = typed.filter((word) => englishWords.includes(word));
  const words = known.slice(0, longestSentence);
  const found = places().get(keyOf(words));
  return {
    words,
    strange: [...new Set(typed.filter((word) => !englishWords.includes(word)))],
    left: known.slice(longestSentence),
    right: found?.pair.spanish ?? null,
    place: found?.place ?? "neither",
  };
}

/** The words of a sentence by their numbers, `[1, 7]`, 0 past the end. */
export function sourceOf(text: string): NDArray {
  const x = filled([1, longestSentence]);
  x.data.set(readSentence(text).words.map((word) => englishWords.indexOf(word)));
  return x;
}

/**
 * What the decoder is given when it is taught, `[1, 8]`: the start and the right words; the start alone
 * where nobody knows the right ones.
 */
export function taughtOf(text: string): NDArray {
  const before = filled([1, mostWritten]);
  const right = readSentence(text).right ?? [];
  before.data.set([startNumber, ...right.map((word) => spanishWords.indexOf(word))]);
  return before;
}

/** What stands for "choose yourself" in the list of words that the reader puts into the model's mouth. */
const free = "-";

/** The words that the reader has put in, by the step they are written at; null where the model is free. */
export function forcedWords(text: string): (string | null)[] {
  const typed = text.split(" ");
  return Array.from({ length: mostWritten }, (_, i) => {
    const word = typed[i];
    return word !== undefined && word !== free && spanishWords.indexOf(word) >= endNumber
      ? word
      : null;
  });
}

/** The same as a setting of the lab. */
export function forcedText(words: readonly (string | null)[]): string {
  const last = words.findLastIndex((word) => word !== null);
  return words
    .slice(0, last + 1)
    .map((word) => word ?? free)
    .join(" ");
}

/** The same as numbers, `[1, 8]`; −1 where the model is free. */
export function forcedOf(text: string): NDArray {
  return ndarray([
    forcedWords(text).map((word) => (word === null ? -1 : spanishWords.indexOf(word))),
  ]);
}
