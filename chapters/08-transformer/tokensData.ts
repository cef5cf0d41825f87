import {
  BytePairCoder,
  BytePairTraining,
  inByteLetters,
  type Merge,
  textPieces,
} from "../../src/data/bytePairs.ts";
import { tale } from "../../src/data/tale.ts";

/** The most characters of a text to learn from, and of a line to write in tokens. */
export const longestText = 20_000;
export const longestLine = 80;
/** The most merges. */
export const mostMerges = 400;

/** Byte pairs learned from a text, up to the last merge. */
interface Lesson {
  readonly text: string;
  readonly merges: readonly Merge[];
  /** How many tokens the text has after 0, 1, 2 … merges. */
  readonly lengths: readonly number[];
  readonly tokens: readonly string[];
}

const lessons: Lesson[] = [];

/** All that can be learned from the text; from the book's tale, where it is empty. */
export function lessonOf(own: string): Lesson {
  const text = own === "" ? tale : own;
  const known = lessons.find((lesson) => lesson.text === text);
  if (known) return known;
  const training = new BytePairTraining(text);
  const lengths = [training.length];
  while (training.merges.length < mostMerges && training.step()) lengths.push(training.length);
  const { tokens } = training.pairs;
  const lesson = { text, merges: [...training.merges], lengths, tokens };
  lessons.unshift(lesson);
  lessons.length = Math.min(lessons.length, 3);
  return lesson;
}

/** The tokens after so many merges. */
export interface Tokens {
  readonly lesson: Lesson;
  /** How many merges were made: those asked for, or all that there are. */
  readonly made: number;
  /** How many tokens there are. */
  readonly V: number;
  readonly coder: BytePairCoder;
}

const learned: { own: string; merges: number; tokens: Tokens }[] = [];

/** What has been learned from the text after so many merges. */
export function tokensOf(own: string, merges: number): Tokens {
  const known = learned.find((one) => one.own === own && one.merges === merges);
  if (known) return known.tokens;
  const lesson = lessonOf(own);
  const made = Math.min(merges, lesson.merges.length);
  // Two merges may lead to the same token.
  const V = Math.max(255, ...lesson.merges.slice(0, made).map(({ token }) => token)) + 1;
  const pairs = {
    tokens: lesson.tokens.slice(0, V),
    merges: lesson.merges.map(({ left, right }) => [left, right] as const),
  };
  const tokens = { lesson, made, V, coder: new BytePairCoder(pairs, made) };
  learned.unshift({ own, merges, tokens });
  learned.length = Math.min(learned.length, 6);
  return tokens;
}

let lastTraining: { text: string; training: BytePairTraining } | null = null;

/** The pairs that stand side by side most often after so many merges, at least twice; the next to be merged first. */
export function nextPairs({ lesson, made }: Tokens, most: number): Omit<Merge, "token">[] {
  const { text } = lesson;
  const goesOn =
    lastTraining?.text === text && lastTraining.training.merges.length <= made
      ? lastTraining.training
      : new BytePairTraining(text);
  lastTraining = { text, training: goesOn.train(made - goesOn.merges.length) };
  return goesOn.candidates(most).filter(({ count }) => count > 1);
}

/** What the model reads: the line, or a blank where there is none, since no tokens would have no rows. */
export function readLine(line: string): string {
  return line === "" ? " " : line;
}

/** A token of a line, or a part of one: a byte, or the merge of two others. */
export interface TokenNode {
  readonly letters: string;
  /** Its first byte, counted within its word. */
  readonly from: number;
  /** 0 for a byte, else one more than the higher of its parts. */
  readonly level: number;
  /** Which merge made it, from 1; 0 for a byte. */
  readonly merge: number;
  readonly parts: readonly TokenNode[];
}

/** A word of a line: tokens never reach across two. */
export interface Word {
  readonly tokens: readonly TokenNode[];
  readonly characters: readonly { readonly text: string; readonly from: number; bytes: number }[];
}

/**
 * The words of a line, each token with the merges that made it: the first merge learned that applies is
 * made everywhere in the word, then the next, until none applies. The tokens are those of the coder.
 */
export function wordsOf(line: string, { lesson, made }: Tokens): Word[] {
  const ranks = new Map(
    lesson.merges.slice(0, made).map(({ left, right }, i) => [`${left} ${right}`, i + 1]),
  );
  return textPieces(line).map((piece) => ({
    tokens: grown(piece, ranks),
    characters: charactersOf(piece),
  }));
}

function grown(piece: string, ranks: ReadonlyMap<string, number>): readonly TokenNode[] {
  let nodes: TokenNode[] = Array.from(inByteLetters(piece), (letters, from) => ({
    letters,
    from,
    level: 0,
    merge: 0,
    parts: [],
  }));
  for (;;) {
    const rankAt = (i: number) =>
      ranks.get(`${nodes[i]?.letters} ${nodes[i + 1]?.letters}`) ?? Number.POSITIVE_INFINITY;
    const lowest = Math.min(...nodes.map((_, i) => rankAt(i)));
    if (lowest === Number.POSITIVE_INFINITY) return nodes;
    const merged: TokenNode[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const [left, right] = [nodes[i] as TokenNode, nodes[i + 1]];
      if (!right || rankAt(i) !== lowest) {
        merged.push(left);
        continue;
      }
      merged.push({
        letters: left.letters + right.letters,
        from: left.from,
        level: 1 + Math.max(left.level, right.level),
        merge: lowest,
        parts: [left, right],
      });
      i += 1;
    }
    nodes = merged;
  }
}

function charactersOf(piece: string): Word["characters"] {
  let from = 0;
  return Array.from(piece, (text) => {
    const bytes = new TextEncoder().encode(text).length;
    from += bytes;
    return { text, from: from - bytes, bytes };
  });
}

/** The numbers that a reader typed, apart by anything that is no digit; null where there is something else. */
export function typedNumbers(text: string): number[] | null {
  if (!/^[\d\s,;]*$/.test(text)) return null;
  return (text.match(/\d+/g) ?? []).map(Number);
}
