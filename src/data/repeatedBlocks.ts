import type { Arrays } from "./ndarray.ts";

export interface Blocks {
  readonly count: number;
  /** Tokens of a sequence, from 4. */
  readonly T: number;
  /** Symbols of the alphabet: a block holds each at most once, so at least the longest block. */
  readonly V: number;
  /** The periods that may occur. Default: from a quarter to a half of T. */
  readonly shortest?: number;
  readonly longest?: number;
}

/**
 * Sequences that repeat a random block: `x` [count, T] tokens, `y` [count, T] the next token at each place,
 * or −1 in the first round, where nobody could know it; `period` [count]. The block's symbols are drawn
 * without replacement, its length is random. With one fixed length a single layer would learn to look so
 * many places back, and would seem to do by content what it does by place.
 *
 * `random` is uniform on [0, 1). After Olsson et al. 2022, "Repeated random tokens".
 *
 * @throws RangeError when the numbers do not fit each other
 */
export function repeatedBlocks(
  { count, T, V, shortest = Math.ceil(T / 4), longest = Math.floor(T / 2) }: Blocks,
  random: () => number,
): Arrays {
  for (const [name, value, least] of [
    ["count", count, 1],
    ["T", T, 4],
    ["shortest", shortest, 1],
    ["longest", longest, shortest],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`Expected a whole number from ${least} for ${name}, got ${value}.`);
    }
  }
  if (!Number.isInteger(V) || V < longest) {
    throw new RangeError(
      `Expected at least ${longest} symbols, as many as the longest block has, got ${V}. Shorten the blocks, or add symbols.`,
    );
  }
  const x = new Float32Array(count * T);
  const y = new Float32Array(count * T);
  const period = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const p = shortest + Math.floor((longest - shortest + 1) * random());
    const block = drawn(p, V, random);
    period[row] = p;
    for (let t = 0; t < T; t++) {
      x[row * T + t] = block[t % p] as number;
      y[row * T + t] = t + 1 < p ? -1 : (block[(t + 1) % p] as number);
    }
  }
  const shape = [count, T];
  return { x: { shape, data: x }, y: { shape, data: y }, period: { shape: [count], data: period } };
}

/** So many of the numbers 0 … V − 1, each at most once. */
function drawn(count: number, V: number, random: () => number): number[] {
  const left = Array.from({ length: V }, (_, symbol) => symbol);
  for (let i = 0; i < count; i++) {
    const chosen = i + Math.floor((V - i) * random());
    [left[i], left[chosen]] = [left[chosen] as number, left[i] as number];
  }
  return left.slice(0, count);
}
