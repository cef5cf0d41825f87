import { type Arrays, ndarray } from "../../src/data/ndarray.ts";
import { repeatedBlocks } from "../../src/data/repeatedBlocks.ts";

/** The task that the chapter's attention-only models learn: letters A to P, in sequences of 24 that repeat a random block. */
export const repeatSizes = { V: 16, T: 24, d_model: 32, heads: 2, d_head: 16 } as const;

/** The letter of a token. */
export const letterOf = (token: number): string => String.fromCharCode(65 + token);

/** So many sequences: `x` and `y` [count, T], `period` [count]; see `repeatedBlocks`. */
export function repeats(count: number, random: () => number): Arrays {
  const { T, V } = repeatSizes;
  return repeatedBlocks({ count, T, V }, random);
}

/** What of a reader's text can be read, and what cannot. */
export interface ReadLetters {
  /** From 2 to T tokens. */
  readonly tokens: readonly number[];
  /** A sentence for the reader where something was left out; empty otherwise. */
  readonly problem: string;
}

/** Reads letters A to P, small or large; spaces mean nothing, other signs are left out, and so is what comes after T letters. */
export function readLetters(text: string): ReadLetters {
  const { V, T } = repeatSizes;
  const signs = [...text.toUpperCase()].filter((sign) => sign.trim() !== "");
  const known = signs.filter((sign) => sign >= "A" && sign <= letterOf(V - 1));
  const strangers = [...new Set(signs.filter((sign) => !known.includes(sign)))];
  const tokens = known.slice(0, T).map((sign) => sign.charCodeAt(0) - 65);
  const problems = [
    strangers.length > 0
      ? `It knows the letters A to ${letterOf(V - 1)}; left out: ${strangers.slice(0, 8).join(" ")}.`
      : "",
    known.length > T ? `It reads ${T} letters; you typed ${known.length}.` : "",
    tokens.length < 2 ? `Type at least two letters from A to ${letterOf(V - 1)}.` : "",
  ];
  while (tokens.length < 2) tokens.push(0);
  return { tokens, problem: problems.filter(Boolean).join(" ") };
}

/** A text as an input: `x` [1, n], and `y` [1, n], the letter after each, −1 after the last. */
export function lettersInput(text: string): Arrays {
  const { tokens } = readLetters(text);
  return { x: ndarray([tokens]), y: ndarray([[...tokens.slice(1), -1]]) };
}
