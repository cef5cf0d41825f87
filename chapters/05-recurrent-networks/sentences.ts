/*
 * A grammar of our own in the manner of Elman 1990: a verb agrees with its subject, whatever stands
 * between the two.
 */

/** The words that the lab's model knows; a word's number is its place here. */
export const vocabulary = [
  "the",
  "old",
  "near",
  "dog",
  "dogs",
  "cat",
  "cats",
  "runs",
  "run",
  "sleeps",
  "sleep",
  ".",
] as const;

/** The end of a sentence; also what stands for a missing word after it. */
export const none = -1;

const singular = { nouns: ["dog", "cat"], verbs: ["runs", "sleeps"] };
const plural = { nouns: ["dogs", "cats"], verbs: ["run", "sleep"] };
const nouns = [...singular.nouns, ...plural.nouns];

/** Every sentence of the grammar once: 48 of them, of 4 to 7 words with the full stop. */
export function allSentences(): string[][] {
  return [singular, plural].flatMap((number) =>
    number.nouns.flatMap((noun) => {
      const subjects = [
        ["the", noun],
        ["the", "old", noun],
        ...nouns.map((other) => ["the", noun, "near", "the", other]),
      ];
      return number.verbs.flatMap((verb) => subjects.map((subject) => [...subject, verb, "."]));
    }),
  );
}

/** The number of a word, or `none`. */
export function wordNumber(word: string): number {
  return (vocabulary as readonly string[]).indexOf(word);
}

/** A typed sentence: the words in order, each with its number, `none` where it is not known. */
export interface TypedWord {
  readonly word: string;
  readonly number: number;
}

/** The most words that the lab reads. */
export const longest = 12;

/** The words of what a reader has typed: spaces part them, a full stop is a word, capitals do not count. */
export function wordsOf(text: string): TypedWord[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}'’-]+|[^\s\p{L}\p{N}]/gu) ?? [];
  return found.map((word) => ({ word, number: wordNumber(word) }));
}

/** The words that the model is given: those that it knows, at most `longest`; “the” where there are none. */
export function readableWords(text: string): string[] {
  const known = wordsOf(text).filter(({ number }) => number !== none);
  return known.length === 0 ? ["the"] : known.slice(0, longest).map(({ word }) => word);
}

/** Whether a verb is of a singular subject, a plural one, or no verb. */
export function numberOfVerb(word: string): "singular" | "plural" | null {
  if (singular.verbs.includes(word)) return "singular";
  return plural.verbs.includes(word) ? "plural" : null;
}
