import { type Arrays, ndarray } from "../../src/data/ndarray.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokensIn } from "./gptData.ts";
import { isOwn, type Vocabulary } from "./ownVocabulary.ts";

/** The most tokens that the lab reads: a model that can read more is looked at through this window. */
export const longestWindow = 64;

/** How many tokens the model reads at most. */
export const windowOf = ({ T }: Config): number => Math.min(Number(T), longestWindow);

/** What it reads before the reader has written anything. */
export const firstText = "Ida was a girl with a green kite. One day the";

/** The tokens that the model reads, by their numbers: at least one. */
export function tokensRead(config: Config): readonly number[] {
  const [V, window] = [Number(config.V), windowOf(config)];
  const given = String(config.tokens)
    .split(" ")
    .filter((word) => /^\d+$/.test(word))
    .map(Number)
    .filter((token) => token < V);
  if (given.length > 0) return given.slice(0, window);
  if (isOwn(config)) return [0];
  return tokensIn({ text: "" }).coder.encode(firstText).slice(0, window);
}

/** The place whose next token is asked for, from 0: the last one where none is chosen. */
export function placeRead(config: Config): number {
  const last = tokensRead(config).length - 1;
  const chosen = Number(config.place);
  return chosen > 0 ? Math.min(chosen - 1, last) : last;
}

/** Tokens as the model takes them: `x` [1, n] and the place `t`. */
export function inputRead(tokens: readonly number[], t: number): Arrays {
  return { x: ndarray([[...tokens]]), t: ndarray(t) };
}

/** What a GPT-2 was told at the beginning of each text that it learned from. */
const endOfText = "<|endoftext|>";

/** A text as a setting holds its tokens: their numbers. Where there is none, what a text begins with. */
export function asTokens(text: string, { pairs, coder }: Vocabulary): string {
  const typed = coder.encode(text);
  if (typed.length > 0) return typed.join(" ");
  const end = pairs.tokens.indexOf(endOfText);
  return String(end >= 0 ? end : (coder.encode("\n")[0] ?? 0));
}
