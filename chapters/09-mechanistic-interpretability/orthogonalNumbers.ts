/** The dimensions in which directions are looked for at once, and the most directions that there may be. */
export const spaces = [
  { d: 2, most: 8 },
  { d: 4, most: 24 },
  { d: 8, most: 64 },
  { d: 16, most: 128 },
  { d: 32, most: 160 },
  { d: 64, most: 160 },
] as const;

/** So many directions are drawn at random, one after the other. */
export const draws = 500;

/** The cosine of a direction that is so many degrees off a right angle. */
export const cosineAt = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);

/** How far the direction of this cosine is from a right angle, in degrees. */
export const degreesOff = (cosine: number): number =>
  (Math.asin(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;

/**
 * No more directions than this fit into d dimensions with all cosines within ±c.
 *
 * The mean of cos²ᵏ over all pairs (each with itself too) is at least μ_k, that of random directions:
 * Π (2j − 1) / (d + 2j − 2), j = 1 … k (Sidelnikov 1974). So N μ_k ≤ 1 + (N − 1) c²ᵏ, for every k; with
 * k = 1 this is Welch's bound (1974, eq. 3).
 */
export function mostThatFit(d: number, c: number): number {
  let mu = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k <= 100; k++) {
    mu *= (2 * k - 1) / (d + 2 * k - 2);
    const power = c ** (2 * k);
    if (mu > power) least = Math.min(least, (1 - power) / (mu - power));
  }
  return Math.floor(least + 1e-9);
}

/** The share of all directions in d dimensions whose cosine with a given one is beyond ±c. */
export function shareBeyond(d: number, c: number): number {
  const within = (angle: number): number => {
    // Simpson's rule on ∫ sinᵈ⁻² θ dθ, the density of the angle between random directions.
    const parts = 400;
    let sum = 0;
    for (let i = 0; i <= parts; i++) {
      const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * Math.sin((angle * i) / parts) ** (d - 2);
    }
    return (sum * angle) / (3 * parts);
  };
  return within(Math.acos(c)) / within(Math.PI / 2);
}

/**
 * At least so many directions fit: each bars a share of all others, and while the shares do not make up the
 * whole there is room for one more (Gilbert 1952, there for codes); and d are always at right angles.
 */
export const surelyFit = (d: number, c: number): number =>
  Math.max(d, Math.ceil(1 / shareBeyond(d, c)));

/** Unit vectors in d dimensions, drawn one after the other. */
export function drawnDirections(count: number, d: number, normal: () => number): Float64Array[] {
  return Array.from({ length: count }, () => {
    const direction = Float64Array.from({ length: d }, normal);
    const length = Math.hypot(...direction);
    return direction.map((entry) => entry / length);
  });
}

const cosine = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** How many of these are kept, if each is thrown away whose cosine with one already kept is beyond ±c. */
export function keptOf(directions: readonly Float64Array[], c: number): number {
  const kept: Float64Array[] = [];
  for (const direction of directions) {
    if (kept.every((other) => Math.abs(cosine(other, direction)) <= c)) kept.push(direction);
  }
  return kept.length;
}

/** The cosines of all pairs of these. */
export function cosinesOf(directions: readonly Float64Array[]): number[] {
  return directions.flatMap((a, i) => directions.slice(0, i).map((b) => cosine(a, b)));
}

/** The cosines of all pairs among the first N of a matrix of cosines `[most, most]`. */
export function pairsOf(most: number, data: ArrayLike<number>, N: number): number[] {
  const pairs: number[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = i + 1; j < N; j++) pairs.push(data[i * most + j] ?? Number.NaN);
  }
  return pairs;
}
