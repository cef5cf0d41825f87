import type { NDArray } from "./ndarray.ts";

/** The words that a model knows, each by its number. */
export interface Vocabulary {
  /** Number 0 is no word (past the end), number 1 a word that is not known. */
  readonly words: readonly string[];
  /** The number of a word; 1 for one that is not known. */
  numberOf(word: string): number;
}

/** What stands for a word that is not in the vocabulary. */
export const unknownWord = "?";
const [pastTheEnd, unknown] = [0, 1] as const;

/** The vocabulary of these words, in alphabetical order, each once. */
export function vocabularyOf(words: Iterable<string>): Vocabulary {
  const own = [...new Set(words)].filter((word) => word !== unknownWord).sort();
  const all = ["", unknownWord, ...own];
  const numbers = new Map(all.map((word, number) => [word, number]));
  return { words: all, numberOf: (word) => numbers.get(word) ?? unknown };
}

/**
 * The words of a text in small letters, in order. Punctuation parts words and is left out; "isn’t" and
 * its like are two words, "is not", and "o’clock" is one. A question mark by itself is the unknown word.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/[\u2019\u2018`]/g, "'")
    .replace(/\bcan't\b/g, "can not")
    .replace(/\bwon't\b/g, "will not")
    .replace(/n't\b/g, " not")
    .replace(/\bcannot\b/g, "can not");
  return plain.match(/[\p{L}\p{N}]+(?:'\p{L}+)*|(?<!\S)\?(?!\S)/gu) ?? [];
}

/**
 * Sentences as numbers, `[sentences, steps]`: 0 past the end of each. Words beyond `steps` are left out.
 */
export function encoded(
  sentences: readonly (readonly string[])[],
  { numberOf }: Vocabulary,
  steps: number,
): NDArray {
  const data = new Float32Array(sentences.length * steps).fill(pastTheEnd);
  for (const [row, words] of sentences.entries()) {
    data.set(words.slice(0, steps).map(numberOf), row * steps);
  }
  return { shape: [sentences.length, steps], data };
}

/** Examples in two parts. */
export interface Parted<T> {
  readonly training: readonly T[];
  readonly heldOut: readonly T[];
}

/**
 * Distinct examples from a grammar, in two parts that share none: `make` is called until there are
 * enough whose `key` is new.
 *
 * @throws Error when the grammar seems to have no more than it has given so far
 */
export function distinct<T>(
  make: () => T,
  key: (example: T) => string,
  counts: { readonly training: number; readonly heldOut: number },
): Parted<T> {
  const wanted = counts.training + counts.heldOut;
  const found = new Map<string, T>();
  for (let tries = 0; found.size < wanted; tries++) {
    if (tries > 100 * wanted) {
      throw new Error(
        `Expected ${wanted} different examples, but ${tries} tries gave ${found.size}.`,
      );
    }
    const example = make();
    const name = key(example);
    if (!found.has(name)) found.set(name, example);
  }
  const all = [...found.values()];
  return { training: all.slice(counts.heldOut), heldOut: all.slice(0, counts.heldOut) };
}

/** One of the list, each equally likely; `random` is uniform on [0, 1). */
export function oneOf<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** A list in another order, each equally likely. Durstenfeld 1964. */
export function shuffledBy<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [order[chosen], order[last]] = [order[last] as T, order[chosen] as T];
  }
  return order;
}
