/**
 * The least that the largest |cosine| between any two of N unit vectors in d dimensions can be:
 * √((N − d) / (d (N − 1))), and 0 while N ≤ d. Welch 1974, eq. 3 with k = 1.
 */
export function welchBound(N: number, d: number): number {
  return N <= d ? 0 : Math.sqrt((N - d) / (d * (N - 1)));
}

/** The mean |cosine| of two random directions in d dimensions is about √(2 / (π d)), for large d. */
export const typicalCosine = (d: number): number => Math.sqrt(2 / (Math.PI * d));

/** How far the direction of this cosine is from a right angle, in degrees. */
export const degreesOff = (cosine: number): number =>
  (Math.asin(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;

/** The cosines of all pairs: the entries above the diagonal of a matrix `[N, N]`. */
export function pairsOf(
  { length }: { readonly length: number },
  data: ArrayLike<number>,
): number[] {
  const pairs: number[] = [];
  for (let i = 0; i < length; i++) {
    for (let j = i + 1; j < length; j++) pairs.push(data[i * length + j] ?? Number.NaN);
  }
  return pairs;
}

export interface Spread {
  /** Of all pairs, the farthest from a right angle, in degrees. */
  readonly farthest: number;
  /** The share of pairs that are within the angle asked for. */
  readonly within: number;
}

/** How near these pairs are to right angles. */
export function spreadOfPairs(cosines: readonly number[], degrees: number): Spread {
  const off = cosines.map((cosine) => Math.abs(degreesOff(cosine)));
  const inside = off.filter((angle) => angle <= degrees).length;
  return { farthest: Math.max(0, ...off), within: inside / Math.max(1, off.length) };
}
