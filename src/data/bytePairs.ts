/**
 * Byte-pair encoding: a text as bytes, of which the pair that stands side by side most often becomes one
 * token, again and again. Gage 1994; for words: Sennrich, Haddow & Birch 2016, algorithm 1; on bytes, so that
 * any text can be written: Radford et al. 2019, § 2.2.
 *
 * A token is written with one letter for each of its bytes, as in GPT-2's files: bytes that print stand for
 * themselves, the others for letters from U+0100 on, a blank for Ġ.
 */

/** The tokens, by number, and the merges that made them, in their order. */
export interface BytePairs {
  readonly tokens: readonly string[];
  readonly merges: readonly (readonly [left: string, right: string])[];
}

/** A file of tokens or merges that cannot be read; the message is for the reader of the book. */
export class BytePairError extends Error {
  override readonly name = "BytePairError";
}

function prints(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}

/** The letter of each byte. */
export const byteLetters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(prints(byte) ? byte : next++),
  );
})();

const byteOf = new Map(byteLetters.map((letter, byte) => [letter, byte]));

/**
 * Where tokens never reach across, as in GPT-2: an English ending after an apostrophe; letters, digits or
 * other signs, with the blank before them; blanks, of which the last goes with what follows.
 */
const endings = ["s", "t", "re", "ve", "m", "ll", "d"].map((ending) => `'${ending}`);
const other = "[^\\p{White_Space}\\p{L}\\p{N}]";
const runs = ["\\p{L}", "\\p{N}", other].map((kind) => ` ?${kind}+`);
const blanks = ["\\p{White_Space}+(?!\\P{White_Space})", "\\p{White_Space}+"];
const wordPattern = new RegExp([...endings, ...runs, ...blanks].join("|"), "gu");

/** The words of a text, blanks and all: together they are the text. */
export function textPieces(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

/** A text in the letters of its bytes (UTF-8). */
export function inByteLetters(text: string): string {
  let letters = "";
  for (const byte of new TextEncoder().encode(text)) letters += byteLetters[byte];
  return letters;
}

/** The text of such letters. Where bytes are no whole character, � stands for them. */
export function fromByteLetters(letters: string): string {
  const bytes = Array.from(letters, (letter) => byteOf.get(letter) ?? 0x3f);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/** One merge: the pair, how often it stood in the text, and the number of the new token. */
export interface Merge {
  readonly left: string;
  readonly right: string;
  readonly count: number;
  readonly token: number;
}

interface Word {
  tokens: string[];
  readonly count: number;
}

/** No token's letters hold a blank. */
const pairName = (left: string, right: string) => `${left} ${right}`;

/**
 * Learns tokens from a text, one merge at a time. Tokens 0 to 255 are the bytes. Of pairs that stand side
 * by side equally often, the one whose tokens have the smaller numbers is merged.
 */
export class BytePairTraining {
  readonly #words: Word[];
  readonly #counts = new Map<string, number>();
  /** The words that may hold a pair. */
  readonly #where = new Map<string, Set<Word>>();
  readonly #tokens = [...byteLetters];
  readonly #numbers = new Map(byteLetters.map((letter, number) => [letter, number]));
  readonly #merges: Merge[] = [];

  constructor(text: string) {
    const counts = new Map<string, number>();
    for (const piece of textPieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    this.#words = [...counts].map(([piece, count]) => ({
      tokens: Array.from(inByteLetters(piece)),
      count,
    }));
    for (const word of this.#words) this.#count(word, 1);
  }

  get merges(): readonly Merge[] {
    return this.#merges;
  }

  /** How many tokens the text has now. */
  get length(): number {
    return this.#words.reduce((sum, { tokens, count }) => sum + tokens.length * count, 0);
  }

  /** What has been learned so far. */
  get pairs(): BytePairs {
    return {
      tokens: [...this.#tokens],
      merges: this.#merges.map(({ left, right }) => [left, right] as const),
    };
  }

  /** The pairs that stand side by side most often, with their counts: the first is the next to be merged. */
  candidates(most: number): Omit<Merge, "token">[] {
    const all = [...this.#counts].map(([name, count]) => {
      const [left, right] = name.split(" ") as [string, string];
      return { left, right, count };
    });
    return all.sort((a, b) => (this.#comesFirst(a, b) ? -1 : 1)).slice(0, most);
  }

  /** Merges the pair that stands side by side most often; null where no pair stands twice. */
  // #region merge
  step(): Merge | null {
    let best: Omit<Merge, "token"> | null = null;
    for (const [name, count] of this.#counts) {
      if (count < 2 || (best && count < best.count)) continue;
      const [left, right] = name.split(" ") as [string, string];
      if (!best || this.#comesFirst({ left, right, count }, best)) best = { left, right, count };
    }
    if (!best) return null;
    const { left, right } = best;
    const merge = { ...best, token: this.#numberOf(left + right) };
    this.#merges.push(merge);
    for (const word of this.#where.get(pairName(left, right)) ?? []) {
      const merged = mergedPair(word.tokens, left, right);
      if (merged.length === word.tokens.length) continue;
      this.#count(word, -1);
      word.tokens = merged;
      this.#count(word, 1);
    }
    return merge;
  }
  // #endregion

  /** Up to so many merges more. */
  train(merges: number): this {
    for (let i = 0; i < merges && this.step(); i++);
    return this;
  }

  /** Two ways may lead to the same letters: then it is the same token. */
  #numberOf(letters: string): number {
    const known = this.#numbers.get(letters);
    if (known !== undefined) return known;
    this.#tokens.push(letters);
    this.#numbers.set(letters, this.#tokens.length - 1);
    return this.#tokens.length - 1;
  }

  #comesFirst(a: Omit<Merge, "token">, b: Omit<Merge, "token">): boolean {
    if (a.count !== b.count) return a.count > b.count;
    const number = (letters: string) => this.#numbers.get(letters) as number;
    const left = number(a.left) - number(b.left);
    return left !== 0 ? left < 0 : number(a.right) < number(b.right);
  }

  /** Adds a word's pairs to the counts, or takes them away. */
  #count(word: Word, sign: 1 | -1): void {
    for (let i = 0; i + 1 < word.tokens.length; i++) {
      const name = pairName(word.tokens[i] as string, word.tokens[i + 1] as string);
      const count = (this.#counts.get(name) ?? 0) + sign * word.count;
      if (count > 0) this.#counts.set(name, count);
      else this.#counts.delete(name);
      if (sign < 0) continue;
      const words = this.#where.get(name) ?? new Set();
      this.#where.set(name, words.add(word));
    }
  }
}

/** Every such pair in the row as one token, from the left. */
function mergedPair(tokens: readonly string[], left: string, right: string): string[] {
  const merged: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const isPair = tokens[i] === left && tokens[i + 1] === right;
    merged.push(isPair ? left + right : (tokens[i] as string));
    if (isPair) i += 1;
  }
  return merged;
}

/** Text to tokens and back. */
export class BytePairCoder {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #words = new Map<string, readonly string[]>();
  readonly #tokens: readonly string[];

  /** @param merges uses only so many of the merges, the first ones */
  constructor({ tokens, merges: all }: BytePairs, merges = all.length) {
    this.#tokens = tokens;
    this.#numbers = new Map(tokens.map((token, number) => [token, number]));
    this.#ranks = new Map(
      all.slice(0, merges).map(([left, right], rank) => [pairName(left, right), rank]),
    );
  }

  /** The tokens of a text, in the letters of their bytes. */
  pieces(text: string): string[] {
    return textPieces(text).flatMap((piece) => this.#split(piece));
  }

  /**
   * The numbers of a text's tokens.
   *
   * @throws BytePairError when the tokens do not hold all bytes, and the text needs one of the others
   */
  encode(text: string): number[] {
    return this.pieces(text).map((letters) => {
      const number = this.#numbers.get(letters);
      if (number === undefined) {
        throw new BytePairError(
          `There is no token for ${JSON.stringify(fromByteLetters(letters))}.`,
        );
      }
      return number;
    });
  }

  /**
   * The text of these tokens; of the tokens of a text, that text.
   *
   * @throws RangeError when a number is that of no token
   */
  decode(numbers: Iterable<number>): string {
    return fromByteLetters(Array.from(numbers, (number) => this.letters(number)).join(""));
  }

  /** The letters of a token's bytes. */
  letters(number: number): string {
    const letters = this.#tokens[number];
    if (letters === undefined) {
      throw new RangeError(`Expected a token from 0 to ${this.#tokens.length - 1}, got ${number}.`);
    }
    return letters;
  }

  /** Merges, in their order, until none applies. */
  #split(piece: string): readonly string[] {
    const known = this.#words.get(piece);
    if (known) return known;
    let tokens = Array.from(inByteLetters(piece));
    while (tokens.length > 1) {
      let rank = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let i = 0; i + 1 < tokens.length; i++) {
        const own = this.#ranks.get(pairName(tokens[i] as string, tokens[i + 1] as string));
        if (own !== undefined && own < rank) [rank, at] = [own, i];
      }
      if (at < 0) break;
      tokens = mergedPair(tokens, tokens[at] as string, tokens[at + 1] as string);
    }
    // Long runs that never come again would only fill the memory.
    if (piece.length <= 32) this.#words.set(piece, tokens);
    return tokens;
  }
}
