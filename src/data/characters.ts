import type { NDArray } from "./ndarray.ts";

/** The characters that a model knows, each by its number: the most frequent one first. */
export interface Alphabet {
  readonly characters: readonly string[];
  /** The number of a character; that of the stand-in for one that is not in the alphabet. */
  numberOf(character: string): number;
  /** How many different characters of the text had to give way, and how often they occur in it. */
  readonly left: { readonly kinds: number; readonly times: number };
}

/** What stands for every character that is too rare for the alphabet. */
export const standIn = "\u25a1";

/** A text with line ends of one kind, every other blank a space, and its signs composed. */
export function plainText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(/[^\S\n]/g, " ");
}

/** The characters of a text, one for each code point. */
export function charactersOf(text: string): string[] {
  return [...text];
}

/**
 * The alphabet of a text: its characters, the most frequent first (of equals that with the smaller
 * code). Where there are more than `most`, the rarest give way to one stand-in, which comes last.
 *
 * @param most at least 2
 */
export function alphabetOf(characters: readonly string[], most: number): Alphabet {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const isTooMany = order.length > most;
  const kept = isTooMany ? order.slice(0, most - 1) : order;
  const rest = order.slice(kept.length);
  const own = kept.map(([character]) => character).filter((character) => character !== standIn);
  const needsStandIn = isTooMany || own.length < kept.length;
  const all = needsStandIn ? [...own, standIn] : own;
  const numbers = new Map(all.map((character, number) => [character, number]));
  const other = numbers.get(standIn) ?? numbers.get(" ") ?? 0;
  return {
    characters: all,
    numberOf: (character) => numbers.get(character) ?? other,
    left: { kinds: rest.length, times: rest.reduce((sum, [, count]) => sum + count, 0) },
  };
}

/** Numbers in windows of `length` that follow each other: `[windows, length]`; what is too short at the end is left out. */
export function windowsOf(numbers: readonly number[], length: number, stride: number): NDArray {
  const count = numbers.length < length ? 0 : Math.floor((numbers.length - length) / stride) + 1;
  const data = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    data.set(numbers.slice(row * stride, row * stride + length), row * length);
  }
  return { shape: [count, length], data };
}

/**
 * What a text costs a reader who knows how often each character occurs, and nothing else: its entropy
 * H = −Σ p ln p, in nats a character. Shannon 1948.
 */
export function entropyOf(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return entropyOfCounts(counts);
}

function entropyOfCounts(counts: ReadonlyMap<number, number>): number {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return -[...counts.values()].reduce(
    (sum, count) => sum + (count / total) * Math.log(count / total),
    0,
  );
}

/**
 * What it costs a reader who knows how often each character follows each other one: the conditional
 * entropy H(next | this) of the text's own pairs, in nats a character.
 */
export function pairEntropyOf(numbers: readonly number[]): number {
  const after = new Map<number, Map<number, number>>();
  for (const [i, next] of numbers.entries()) {
    const before = numbers[i - 1];
    if (before === undefined) continue;
    const own = after.get(before) ?? new Map<number, number>();
    own.set(next, (own.get(next) ?? 0) + 1);
    after.set(before, own);
  }
  const pairs = numbers.length - 1;
  let sum = 0;
  for (const own of after.values()) {
    const times = [...own.values()].reduce((total, count) => total + count, 0);
    sum += (times / pairs) * entropyOfCounts(own);
  }
  return sum;
}
