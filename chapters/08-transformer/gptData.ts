import type { BytePairCoder, BytePairs } from "../../src/data/bytePairs.ts";
import { plainText } from "../../src/data/characters.ts";
import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import {
  storyCorpus,
  storyTokens,
  type TokenCorpus,
  textCorpus,
  textTokens,
} from "../../src/data/tokenCorpus.ts";
import { bookGptLength as T } from "../../src/models/transformer/sizes.ts";
import type { Config } from "../../src/training/lab.ts";
import { randomStream } from "../../src/training/random.ts";

/** A text to learn from has at least so many characters, and at most so many. */
export const shortestText = 1000;
export const longestText = 100_000;

/** The places of the model: so many tokens it can read. */
export const wholeLength = T;

/** The stories are the same in every run: they belong to the book. */
const random = (label: string) => {
  const stream = randomStream(1, label);
  return () => stream.uniform();
};

/** The settings that say what is read, and in which tokens. */
const readsOwn = ({ text }: Config) => text !== "";
const ownTokens = (config: Config) => readsOwn(config) && config.tokens === "own";

interface Known<T> {
  readonly key: string;
  readonly value: T;
}
/** What was made last: a lab asks for its corpus at every turn, and it seldom changes. */
let lastTokens: Known<ReturnType<typeof storyTokens>> | undefined;
let lastCorpus: Known<TokenCorpus> | undefined;

/** The tokens that the model reads and writes. */
export function tokensIn(config: Config): { pairs: BytePairs; coder: BytePairCoder } {
  if (!ownTokens(config)) return storyTokens(random);
  const key = String(config.text);
  if (lastTokens?.key !== key) lastTokens = { key, value: textTokens(key) };
  return lastTokens.value;
}

/**
 * What the model learns from.
 *
 * @throws RangeError when a text of the reader's is too short
 */
export function corpusIn(config: Config): TokenCorpus {
  const key = readsOwn(config) ? `${config.tokens} ${config.text}` : "";
  if (lastCorpus?.key !== key) {
    const value = readsOwn(config)
      ? textCorpus(String(config.text), T, tokensIn(config), random)
      : storyCorpus(T, random);
    lastCorpus = { key, value };
  }
  return lastCorpus.value;
}

/** What the model reads: the reader's beginning, and what has been written after it. */
export interface Read {
  /** The tokens' numbers: at least one, at most T. */
  readonly tokens: readonly number[];
  /** How many of them are of the beginning. */
  readonly begun: number;
}

/** The numbers of tokens as a setting holds them. */
export const tokensText = (tokens: readonly number[]): string => tokens.join(" ");

/** The tokens of a beginning; a line break, after which a story begins, where there is none. At most T − 1, the last ones. */
export function promptTokens(config: Config): readonly number[] {
  const { coder } = tokensIn(config);
  const prompt = plainText(String(config.prompt));
  return coder.encode(prompt === "" ? "\n" : prompt).slice(1 - T);
}

export function readIn(config: Config): Read {
  const { pairs } = tokensIn(config);
  const begun = promptTokens(config);
  const written = String(config.written)
    .split(" ")
    .filter((word) => /^\d+$/.test(word))
    .map(Number)
    .filter((token) => token < pairs.tokens.length);
  const tokens = [...begun, ...written].slice(0, T);
  return { tokens, begun: begun.length };
}

/** Tokens as the model takes them: `x` [1, T], zeros after the last, and the place `t` whose next token is asked for. */
export function inputOf(tokens: readonly number[], t: number): Arrays & { x: NDArray; t: NDArray } {
  const x = Array.from({ length: T }, (_, i) => tokens[i] ?? 0);
  return { x: ndarray([x]), t: ndarray(t) };
}

/** The place that the reader looks at, from 0: the last one where none is chosen. */
export function placeIn({ place }: Config, { tokens }: Read): number {
  const chosen = Number(place);
  return chosen > 0 ? Math.min(chosen, tokens.length) - 1 : tokens.length - 1;
}

/** The uniform number by which token `i` of a draw is chosen: the same for the same draw. */
export function drawOf(draw: number, i: number): number {
  return randomStream(draw, `token ${i}`).uniform();
}
