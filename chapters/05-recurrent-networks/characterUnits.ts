/** What can be true of a place in a text, and a unit may have learnt to follow. */
export interface Property {
  readonly name: string;
  /** A number for each character: 0 or 1, or how far it has come. */
  of(characters: readonly string[]): number[];
}

const is = (test: RegExp) => (characters: readonly string[]) =>
  characters.map((character) => (test.test(character) ? 1 : 0));

/** Along the text, with what is carried from character to character. */
function carried(next: (before: number, character: string) => number) {
  return (characters: readonly string[]) => {
    let now = 0;
    return characters.map((character) => {
      now = next(now, character);
      return now;
    });
  };
}

export const properties: readonly Property[] = [
  {
    name: "within quotation marks",
    of: carried((inside, character) =>
      character === "\u201c" || (character === '"' && inside === 0)
        ? 1
        : character === "\u201d" || character === '"' || character === "\n"
          ? 0
          : inside,
    ),
  },
  { name: "a vowel", of: is(/[aeiouyäöüàáâèéêìíòóôùúæøå]/i) },
  { name: "the end of a word", of: is(/[\s.,;:!?\u201c\u201d"]/) },
  { name: "a capital letter", of: is(/\p{Lu}/u) },
  { name: "a mark of punctuation", of: is(/[.,;:!?]/) },
  {
    name: "how far the word has come",
    of: carried((count, character) =>
      /[\p{L}\p{N}]/u.test(character) ? Math.min(count + 1, 8) : 0,
    ),
  },
  {
    name: "how far the line has come",
    of: carried((count, character) => (character === "\n" ? 0 : count + 1)),
  },
];

/**
 * Pearson's correlation of two rows of numbers, from −1 to 1; 0 where one of them does not vary.
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.min(a.length, b.length);
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumA += a[i] as number;
    sumB += b[i] as number;
  }
  const [meanA, meanB] = [sumA / n, sumB / n];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return aa < 1e-12 || bb < 1e-12 ? 0 : ab / Math.sqrt(aa * bb);
}

/** The values of one unit along a text: of states `[T, 1, H]`, unit from 0. */
export function unitAlong(states: Float32Array, H: number, unit: number): Float32Array {
  const T = Math.floor(states.length / H);
  return Float32Array.from({ length: T }, (_, t) => states[t * H + unit] as number);
}

/** For each property the unit that follows it best, and its correlation; none where the property does not vary. */
export function bestUnits(states: Float32Array, H: number, characters: readonly string[]) {
  const rows = Array.from({ length: H }, (_, unit) => unitAlong(states, H, unit));
  return properties.map(({ name, of }) => {
    const truth = of(characters);
    const correlations = rows.map((row) => correlation(row, truth));
    const best = correlations.reduce(
      (at, r, unit) => (Math.abs(r) > Math.abs(correlations[at] as number) ? unit : at),
      0,
    );
    return { name, unit: best, r: correlations[best] ?? 0 };
  });
}
