import type { Arrays } from "./ndarray.ts";

/** The kinds of bracket, each an opening and its closing one. */
export const bracketKinds = [
  ["(", ")"],
  ["[", "]"],
] as const;

/** What is no bracket and changes nothing. */
export const filler = "·";

/** The characters of texts with so many kinds of bracket: ( ) · or ( ) [ ] ·. An index is a place in it. */
export function bracketAlphabet(kinds: number): readonly string[] {
  return [...bracketKinds.slice(0, kinds).flat(), filler];
}

/** What each text of a set is like. */
export interface BracketOptions {
  /** Characters, from 1. */
  readonly length: number;
  /** 1 or 2. */
  readonly kinds: number;
  /** How many brackets are open at once, at most, from 1. */
  readonly maxDepth: number;
}

/** One character in five is none that matters; the others open and close at the same rate. */
const fillerShare = 0.2;
const openShare = 0.5;

/**
 * The beginning of a text whose brackets all close, each the last one that was opened: places in
 * `bracketAlphabet(kinds)`. A random walk of the depth between 0 and `maxDepth`.
 */
function bracketText({ length, kinds, maxDepth }: BracketOptions, random: () => number): number[] {
  const open: number[] = [];
  return Array.from({ length }, () => {
    if (random() < fillerShare) return 2 * kinds;
    if (open.length === 0 || (open.length < maxDepth && random() < openShare)) {
      const kind = Math.floor(kinds * random());
      open.push(kind);
      return 2 * kind;
    }
    return 2 * (open.pop() as number) + 1;
  });
}

/** What is true after each character of a text: how many brackets are open, and which may close. */
export interface BracketTruth {
  readonly depth: readonly number[];
  /** 0 where no bracket is open; else the number, from 1, of the kind that was opened last. */
  readonly closes: readonly number[];
}

/**
 * The truth about a text of places in `bracketAlphabet(kinds)`.
 *
 * @throws RangeError naming the place, from 1, and the character, where a bracket closes that is not open
 */
export function bracketTruth(text: readonly number[], kinds: number): BracketTruth {
  const open: number[] = [];
  const depth: number[] = [];
  const closes: number[] = [];
  for (const [i, index] of text.entries()) {
    const kind = Math.floor(index / 2);
    if (kind < kinds && index % 2 === 0) open.push(kind);
    else if (kind < kinds) {
      const last = open.pop();
      if (last !== kind) throw new RangeError(whyNot(i, kind, last));
    }
    depth.push(open.length);
    closes.push(open.length === 0 ? 0 : (open.at(-1) as number) + 1);
  }
  return { depth, closes };
}

function whyNot(i: number, kind: number, last: number | undefined): string {
  const [opening, closing] = bracketKinds[kind] as readonly [string, string];
  const what = `Character ${i + 1} is “${closing}”, but`;
  if (last === undefined) return `${what} there is no “${opening}” open for it to close.`;
  return `${what} the bracket opened last is “${bracketKinds[last]?.[0]}”, and that one has to close first.`;
}

/**
 * A typed text as places in `bracketAlphabet(kinds)`: a space, a letter, a digit or a plain sign is a
 * filler, a bracket is itself.
 *
 * @throws RangeError naming the character, where there is one that the model has never seen
 */
export function readBrackets(text: string, kinds: number): number[] {
  const alphabet = bracketAlphabet(kinds);
  return Array.from(text, (character, i) => {
    const index = alphabet.indexOf(character);
    if (index >= 0) return index;
    if (/[\p{L}\p{N} .,;:+\-*/=_]/u.test(character)) return alphabet.length - 1;
    const brackets = alphabet.slice(0, -1).join(" ");
    throw new RangeError(
      `Character ${i + 1} is “${character}”, which the model does not know. Write ${brackets} and, between them, letters, digits or spaces.`,
    );
  });
}

/**
 * Texts and what is true after each of their characters: `x` [count, length] holds places in
 * `bracketAlphabet(kinds)`, `y` [count, length] which kind may close (0: none).
 *
 * `random` is uniform on [0, 1).
 *
 * @throws RangeError when `count`, `length` or `maxDepth` is not a whole number from 1, or `kinds` not 1 or 2
 */
export function bracketTexts(
  { count, ...options }: BracketOptions & { readonly count: number },
  random: () => number,
): Arrays {
  const { length, kinds, maxDepth } = options;
  for (const [what, number] of Object.entries({ count, length, maxDepth })) {
    if (!Number.isInteger(number) || number < 1) {
      throw new RangeError(`Expected a whole number from 1 as ${what}, got ${number}.`);
    }
  }
  if (kinds !== 1 && kinds !== 2) {
    throw new RangeError(`Expected 1 or 2 kinds of bracket, got ${kinds}.`);
  }
  const texts = Array.from({ length: count }, () => bracketText(options, random));
  return bracketArrays(texts, kinds);
}

/** Texts of one length as arrays, with their truth. */
export function bracketArrays(texts: readonly (readonly number[])[], kinds: number): Arrays {
  const shape = [texts.length, texts[0]?.length ?? 0];
  const closes = texts.flatMap((text) => bracketTruth(text, kinds).closes);
  return {
    x: { shape, data: Float32Array.from(texts.flat()) },
    y: { shape, data: Float32Array.from(closes) },
  };
}
