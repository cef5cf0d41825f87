import {
  type Alphabet,
  alphabetOf,
  charactersOf,
  entropyOf,
  pairEntropyOf,
  plainText,
  windowsOf,
} from "../../src/data/characters.ts";
import { type Arrays, filled, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { shuffledBy } from "../../src/data/sentences.ts";
import { tale } from "../../src/data/tale.ts";
import { randomStream } from "../../src/training/random.ts";

/** Characters that a model knows at most, the stand-in among them. */
export const mostCharacters = 96;
/** A text has to have so many characters, and may have so many. */
export const shortestText = 400;
export const longestText = 200_000;
/** The last part of a text is not learnt from: this share of it. */
const heldShare = 0.1;
/** Windows kept apart on which the loss is taken. */
const mostHeldWindows = 16;

/** A text as the model reads it, and what there is to compare the model with. */
export interface Corpus {
  readonly alphabet: Alphabet;
  /** How many characters the text has. */
  readonly length: number;
  /** `x` [windows, T + 1], each character by its number. */
  readonly training: Arrays;
  readonly held: Arrays;
  /** The beginning of what is not learnt from. */
  readonly excerpt: string;
  /** Nats a character: of a guess without knowledge, of one that knows the characters, of one that knows their pairs. */
  readonly uniform: number;
  readonly single: number;
  readonly pairs: number;
}

/** The corpora made last: the text of a lab seldom changes, and is asked for at every turn. */
const made: { text: string; steps: number; corpus: Corpus }[] = [];

/**
 * The text, or the book's own tale where it is empty, cut into windows of T + 1 characters.
 *
 * @throws RangeError when it is too short
 */
export function corpusOf(text: string, steps: number): Corpus {
  const known = made.find((one) => one.text === text && one.steps === steps);
  if (known) return known.corpus;
  const corpus = newCorpus(text, steps);
  made.unshift({ text, steps, corpus });
  made.length = Math.min(made.length, 4);
  return corpus;
}

function newCorpus(text: string, steps: number): Corpus {
  const characters = charactersOf(plainText(text === "" ? tale : text));
  if (characters.length < shortestText) {
    throw new RangeError(
      `A text to learn from has at least ${shortestText} characters; this one has ${characters.length}.`,
    );
  }
  const alphabet = alphabetOf(characters, mostCharacters);
  const numbers = characters.map(alphabet.numberOf);
  const apart = Math.max(steps + 1, Math.round(heldShare * numbers.length));
  const from = numbers.length - apart;
  const learnt = numbers.slice(0, from);
  return {
    alphabet,
    length: characters.length,
    training: { x: shuffledRows(windowsOf(learnt, steps + 1, Math.max(1, Math.floor(steps / 2)))) },
    held: { x: firstRows(windowsOf(numbers.slice(from), steps + 1, steps), mostHeldWindows) },
    excerpt: excerptOf(characters.slice(from)),
    uniform: Math.log(alphabet.characters.length),
    single: entropyOf(learnt),
    pairs: pairEntropyOf(learnt),
  };
}

/** The rows in another order, always the same: the first of them stand for all. */
function shuffledRows({ shape, data }: NDArray): NDArray {
  const [count = 0, width = 0] = shape;
  const random = randomStream(1, "windows of a text");
  const order = shuffledBy(
    Array.from({ length: count }, (_, row) => row),
    () => random.uniform(),
  );
  const rows = new Float32Array(data.length);
  for (const [row, from] of order.entries()) {
    rows.set(data.subarray(from * width, (from + 1) * width), row * width);
  }
  return { shape, data: rows };
}

function firstRows({ shape, data }: NDArray, most: number): NDArray {
  const [count = 0, width = 0] = shape;
  const rows = Math.min(count, most);
  return { shape: [rows, width], data: data.slice(0, rows * width) };
}

const excerptLength = 180;

/** A few lines, from the beginning of one on. */
function excerptOf(characters: readonly string[]): string {
  const start = characters.indexOf("\n") + 1;
  const from = start > 0 && start < characters.length - excerptLength ? start : 0;
  return characters.slice(from, from + excerptLength).join("");
}

/** What is looked at: the reader's own lines, or the excerpt. It begins as a new line does. */
export function lensOf(corpus: Corpus, lens: string): { characters: string[]; x: NDArray } {
  const own = lens === "" ? corpus.excerpt : plainText(lens);
  const characters = charactersOf(own);
  const read = ["\n", ...(characters.length > 0 ? characters : [" "])];
  return { characters: read, x: ndarray([read.map(corpus.alphabet.numberOf)]) };
}

/** How many characters a sample has. */
export const sampleLength = 240;

/** What the model is given to write from: the beginning, and a uniform number for each character. */
export function dreamOf(corpus: Corpus, begin: string, draw: number): Arrays {
  const beginning = ["\n", ...charactersOf(plainText(begin))];
  const random = randomStream(draw, "draws of characters");
  const u = filled([1, sampleLength]);
  return {
    begin: ndarray([beginning.map(corpus.alphabet.numberOf)]),
    u: { ...u, data: u.data.map(() => random.uniform()) },
  };
}
