import type { Arrays } from "./ndarray.ts";

/** The symbols to be remembered, by number from 0. */
export const recallSymbols = ["A", "B", "C", "D"] as const;
/** What stands between, by number from `recallSymbols.length`. */
export const distractors = ["·", "–"] as const;
/** The question at the end. */
export const query = "?";
/** All the symbols of a sequence: an index is a place in this list. */
export const recallAlphabet: readonly string[] = [...recallSymbols, ...distractors, query];

const firstDistractor = recallSymbols.length;
const queryIndex = firstDistractor + distractors.length;
/** One symbol, one distractor and the query. */
export const shortestRecall = 3;

/**
 * Delayed recall: a symbol, one of four; then distractors of two kinds, in any order; and at the end a
 * query, at which the symbol is to be named. `x` [count, T] holds places in `recallAlphabet`, `y` [count]
 * the symbol's. Only x₁ says anything about y. The symbols come in turn, so that a run of sequences holds
 * each about equally often.
 *
 * The task is the shortest of those by which Hochreiter & Schmidhuber (1997, § 5) tell memories apart.
 *
 * `random` is uniform on [0, 1).
 *
 * @throws RangeError when `count` is not a whole number from 1, or `T` none from 3
 */
export function delayedRecall(
  { count, T }: { readonly count: number; readonly T: number },
  random: () => number,
): Arrays {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected a whole number from 1 of sequences, got ${count}.`);
  }
  checkLength(T);
  const x = new Float32Array(count * T);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const symbol = i % recallSymbols.length;
    y[i] = symbol;
    x.set([symbol, ...between(T, random), queryIndex], i * T);
  }
  return { x: { shape: [count, T], data: x }, y: { shape: [count], data: y } };
}

/**
 * The same sequence once for each symbol: `x` [4, T], `y` [4]. They differ in x₁ alone, so what an answer
 * owes to memory is what differs between them.
 *
 * @throws RangeError when `T` is not a whole number from 3
 */
export function recallOfEach(T: number, random: () => number): Arrays {
  checkLength(T);
  const middle = between(T, random);
  const rows = recallSymbols.map((_, symbol) => [symbol, ...middle, queryIndex]);
  return {
    x: { shape: [rows.length, T], data: Float32Array.from(rows.flat()) },
    y: { shape: [rows.length], data: Float32Array.from(recallSymbols.keys()) },
  };
}

function between(T: number, random: () => number): number[] {
  return Array.from(
    { length: T - 2 },
    () => firstDistractor + Math.floor(distractors.length * random()),
  );
}

function checkLength(T: number): void {
  if (!Number.isInteger(T) || T < shortestRecall) {
    throw new RangeError(
      `Expected a length from ${shortestRecall} (a symbol, a distractor, the query), got ${T}.`,
    );
  }
}
