import { bracketAlphabet, bracketTruth, filler, readBrackets } from "../../src/data/brackets.ts";
import { type Arrays, type NDArray, ndarray } from "../../src/data/ndarray.ts";

/** The longest text that fits the picture. */
export const longestText = 40;

/** How many kinds of bracket a setting means. */
export function kindsOf(choice: string): 1 | 2 {
  return choice === "two" ? 2 : 1;
}

/** A text as the model's input, `x` and `y` [1, T]. @throws RangeError saying what is wrong with it, and what to write */
export function inputOf(text: string, kinds: number): Arrays {
  const places = readBrackets(text, kinds);
  if (places.length === 0) {
    throw new RangeError("There is nothing to read. Write some brackets, such as ( ( ) ).");
  }
  if (places.length > longestText) {
    throw new RangeError(
      `That is ${places.length} characters; there is room for ${longestText}. Leave some out.`,
    );
  }
  return { x: ndarray([places]), y: ndarray([bracketTruth(places, kinds).closes]) };
}

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** A cell as it is written: c₁, c₂, …; `unit` counts from 0. */
export function cellName(unit: number): string {
  return `c${[...String(unit + 1)].map((digit) => subscripts[Number(digit)]).join("")}`;
}

/** The characters of an input, and what is true after each. */
export function shownText(x: NDArray | undefined, kinds: number) {
  const alphabet = bracketAlphabet(kinds);
  const places = Array.from(x?.data ?? []);
  return { characters: places.map((i) => alphabet[i] ?? filler), ...bracketTruth(places, kinds) };
}

/**
 * Pearson's correlation of each unit's cell state with the depth, over all places of all texts: from −1 to
 * 1, 0 for a unit that never changes.
 *
 * @param c the cell states, `[T, m, H]`
 * @param depths of each text at each place, m lists of T
 */
export function depthCorrelations(c: NDArray, depths: readonly (readonly number[])[]): number[] {
  const [T = 0, m = 0, H = 0] = c.shape;
  const depth = (t: number, row: number) => depths[row]?.[t] ?? Number.NaN;
  return Array.from({ length: H }, (_, unit) => {
    const pairs: [number, number][] = [];
    for (let t = 0; t < T; t++) {
      for (let row = 0; row < m; row++) {
        pairs.push([c.data[(t * m + row) * H + unit] ?? Number.NaN, depth(t, row)]);
      }
    }
    return correlation(pairs);
  });
}

/** Pearson's r of pairs; 0 where one of the two never changes. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [a, b] = [mean(([x]) => x), mean(([, y]) => y)];
  const covariance = mean(([x, y]) => (x - a) * (y - b));
  const spread = Math.sqrt(mean(([x]) => (x - a) ** 2) * mean(([, y]) => (y - b) ** 2));
  return spread > 1e-9 ? covariance / spread : 0;
}

/** The kind that the model says may close at a place: 0 is none. */
export function saidAt(y_hat: NDArray | undefined, place: number): number {
  const K = y_hat?.shape.at(-1) ?? 1;
  const beliefs = Array.from(y_hat?.data.subarray(place * K, (place + 1) * K) ?? []);
  return beliefs.indexOf(Math.max(...beliefs));
}
