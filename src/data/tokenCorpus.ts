import { BytePairCoder, type BytePairs, BytePairTraining } from "./bytePairs.ts";
import { plainText } from "./characters.ts";
import { type Arrays, type NDArray, ndarray } from "./ndarray.ts";
import { shuffledBy } from "./sentences.ts";
import { stories } from "./stories.ts";

/** The tokens of the book's own GPT: 256 bytes and 256 merges. A text of the reader's has at most as many. */
export const storyVocabulary = 512;

/** Stories that are learnt from, others that are kept apart, and the first ones, from which the tokens are learned. */
const counts = { training: 4000, heldOut: 6, tokens: 400 };

/** A text for a language model, in windows of T tokens. */
export interface TokenCorpus {
  /** `x` [windows, T], a token at each place, and `y` [windows, T], the token after it. */
  readonly training: Arrays;
  readonly heldOut: Arrays;
  /** Tokens that are learnt from. */
  readonly length: number;
}

/** A stream of its own, uniform on [0, 1), for each label. */
type Random = (label: string) => () => number;

/** Tokens, and how a text becomes them. */
export interface Tokens {
  readonly pairs: BytePairs;
  readonly coder: BytePairCoder;
}

let ofStories: Tokens | undefined;

/** The tokens of the stories, which the book's own GPT reads and writes: learned once. */
export function storyTokens(random: Random): Tokens {
  ofStories ??= textTokens(stories(counts.tokens, random("stories")).join(""));
  return ofStories;
}

/** Tokens learned from a text: the bytes, and up to 256 merges. */
export function textTokens(text: string): Tokens {
  const training = new BytePairTraining(plainText(text)).train(storyVocabulary - 256);
  return { pairs: training.pairs, coder: new BytePairCoder(training.pairs) };
}

/** The stories, in windows that begin where a story begins. */
export function storyCorpus(T: number, random: Random): TokenCorpus {
  const { coder } = storyTokens(random);
  const written = (count: number, label: string) =>
    stories(count, random(label)).map((story) => coder.encode(story));
  const training = written(counts.training, "stories");
  return {
    training: windows(fromStory(training, T)),
    heldOut: windows(fromStory(written(counts.heldOut, "stories kept apart"), T)),
    length: training.reduce((sum, { length }) => sum + length, 0),
  };
}

/** From the beginning of each story T + 1 tokens; the next stories follow. */
function fromStory(told: readonly (readonly number[])[], T: number): number[][] {
  const rows: number[][] = [];
  for (let first = 0; first < told.length; first++) {
    const row: number[] = [];
    for (let i = first; i < told.length && row.length <= T; i++) row.push(...(told[i] as number[]));
    if (row.length > T) rows.push(row.slice(0, T + 1));
  }
  return rows;
}

/** The share of a text that is kept apart: its end. */
const heldShare = 0.1;
/** Windows kept apart, at most. */
const mostHeldOut = 5;

/**
 * A text of the reader's, in windows that overlap by half; its last tenth is kept apart.
 *
 * @throws RangeError when it has too few tokens
 */
export function textCorpus(
  text: string,
  T: number,
  { coder }: Tokens,
  random: Random,
): TokenCorpus {
  const numbers = coder.encode(plainText(text));
  const apart = Math.max(T + 1, Math.round(heldShare * numbers.length));
  const learnt = numbers.slice(0, numbers.length - apart);
  if (learnt.length < 2 * T) {
    throw new RangeError(
      `A text to learn from has at least ${3 * T + 1} tokens; this one has ${numbers.length}. Give it more text.`,
    );
  }
  const uniform = random("windows of a text");
  return {
    training: windows(shuffledBy(cut(learnt, T, Math.floor(T / 2)), uniform)),
    heldOut: windows(cut(numbers.slice(-apart), T, T).slice(0, mostHeldOut)),
    length: learnt.length,
  };
}

function cut(numbers: readonly number[], T: number, stride: number): number[][] {
  const count = Math.floor((numbers.length - T - 1) / stride) + 1;
  return Array.from({ length: count }, (_, i) => numbers.slice(i * stride, i * stride + T + 1));
}

/** Rows of T + 1 tokens as what is read and what comes next. */
function windows(rows: readonly (readonly number[])[]): { x: NDArray; y: NDArray } {
  return {
    x: ndarray(rows.map((row) => row.slice(0, -1))),
    y: ndarray(rows.map((row) => row.slice(1))),
  };
}
