import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";
import { readLetters, repeatSizes, repeats } from "./repeats.ts";

const { T, V } = repeatSizes;

/** The two models, by what the names of their parameters and taps begin with: two layers, and the control of one. */
export const twins = ["two", "one"] as const;
export type Twin = (typeof twins)[number];

/** Shortest and longest blocks, as `repeatedBlocks` draws them. */
const [shortest, longest] = [Math.ceil(T / 4), Math.floor(T / 2)];

/** Which letters a model is asked for: each, or only those that the first round gives away. */
export type Asked = "all" | "known";

/** Sequences to learn from: `x` and `y` [count, T], y being −1 where nothing is asked. */
export function trainingBlocks(count: number, asked: Asked, random: () => number): Arrays {
  const { x, y, period } = repeats(count, random);
  if (!x || !y || !period) throw new Error("The repeated blocks are not whole.");
  return { x, y: asked === "known" ? y : nextLetters(x, period) };
}

/** The letter after each: within x the next one, after its last that with which the block goes on. */
function nextLetters({ shape, data }: NDArray, period: NDArray): NDArray {
  const next = Float32Array.from(data, (_, i) => {
    const [row, t] = [Math.floor(i / T), i % T];
    return (t + 1 < T ? data[i + 1] : data[row * T + (T % (period.data[row] ?? 1))]) ?? 0;
  });
  return { shape, data: next };
}

/**
 * Sequences kept apart, the letter after each (`next` [m, T]), and what the scores need: `repeat` [m, T], 1
 * where the letter has stood before, so that the next is known; `after` [m, T, T], 1 where the key is a place
 * just after an earlier one of the query's letter.
 */
export function examinedBlocks(count: number, random: () => number): Arrays {
  const { x, period } = repeats(count, random);
  if (!x || !period) throw new Error("The repeated blocks are not whole.");
  const repeat = new Float32Array(count * T);
  const after = new Float32Array(count * T * T);
  for (let row = 0; row < count; row++) {
    const p = period.data[row] ?? T;
    for (let t = p; t < T; t++) {
      repeat[row * T + t] = 1;
      for (let back = t - p; back >= 0; back -= p) after[(row * T + t) * T + back + 1] = 1;
    }
  }
  return {
    x,
    next: nextLetters(x, period),
    repeat: { shape: [count, T], data: repeat },
    after: { shape: [count, T, T], data: after },
  };
}

/**
 * The least mean loss that anybody can have at each place, in nats, `T` numbers: where the block has not
 * come round yet, one can only guess whether it does now, and else which of the letters left comes.
 */
export function leastLosses(): number[] {
  const lengths = longest - shortest + 1;
  return Array.from({ length: T }, (_, t) => {
    const seen = t + 1;
    const open = Math.max(0, longest - Math.max(seen, shortest) + 1);
    if (open === 0) return 0;
    // Of the blocks that are not over yet, the share that ends just here.
    const ends = seen >= shortest ? 1 / open : 0;
    const [goesOn, left] = [1 - ends, V - seen];
    const surprise = -plogp(ends) - plogp(goesOn) + goesOn * Math.log(left);
    return (open / lengths) * surprise;
  });
}

const plogp = (p: number): number => (p > 0 ? p * Math.log(p) : 0);

/** What the reader typed, as an input. */
export function typedInput(text: string): Arrays {
  return { x: ndarray([readLetters(text).tokens]) };
}
