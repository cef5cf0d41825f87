import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Random numbers from one place in the book, always the same ones for the same seed and label. */
export interface RandomStream {
  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
  /** Uniform on the whole numbers 0 … n − 1; `n` from 1 to 2⁵³. */
  integer(n: number): number;
  /** A copy of the list, each order equally likely. */
  shuffled<T>(list: readonly T[]): T[];
}

/**
 * The stream of random numbers that belongs to `label` under `seed`.
 *
 * What needs randomness names its occasion (`"init w"`, `"epoch 3"`) and opens a stream for it. So a
 * random number is a function of seed and occasion, and nobody has to save the state of a generator
 * to repeat a run from the middle. Streams of different seeds or labels are independent.
 *
 * The generator is xoroshiro128+ (Blackman & Vigna 2018), its 128 bits of state hashed from both.
 *
 * @throws RangeError when `seed` is not a whole number
 */
export function randomStream(seed: number, label: string): RandomStream {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Expected a whole number as seed, got ${seed}.`);
  }
  const generator = xoroshiro128plusFromState(hash128(`${seed} ${label}`));
  let spare: number | null = null;

  const uniform = () => uniformFloat64(generator);
  const integer = (n: number) => {
    if (!Number.isSafeInteger(n) || n < 1) {
      throw new RangeError(`Expected a whole number from 1 to choose below, got ${n}.`);
    }
    return uniformInt(generator, 0, n - 1);
  };

  return {
    uniform,
    integer,
    /** Box & Muller 1958: two uniform numbers make two independent normal ones; the second waits. */
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      // 1 − u is in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    /** Fisher & Yates, as in Durstenfeld 1964. */
    shuffled<T>(list: readonly T[]) {
      const order = [...list];
      for (let last = order.length - 1; last > 0; last--) {
        const chosen = integer(last + 1);
        const moved = order[chosen] as T;
        order[chosen] = order[last] as T;
        order[last] = moved;
      }
      return order;
    },
  };
}

/** Four words of FNV-1a over the text, each from its own start, finished as in MurmurHash3 (Appleby). */
function hash128(text: string): number[] {
  // 2³² times the fractional parts of the golden ratio, √2, √3 and √5.
  const starts = [0x9e3779b9, 0x6a09e667, 0xbb67ae85, 0x3c6ef372];
  const words = starts.map((start) => {
    let word = start;
    for (let i = 0; i < text.length; i++) {
      word = Math.imul(word ^ text.charCodeAt(i), 0x01000193);
      word ^= word >>> 15;
    }
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  });
  // The generator stands still at all zeros.
  return words.every((word) => word === 0) ? starts : words;
}
