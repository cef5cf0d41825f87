import type { Domain } from "./scale.ts";

/** The place of a number on an axis of decades: its logarithm to base 10, NaN where it has none. */
export function decade(value: number): number {
  return value > 0 && Number.isFinite(value) ? Math.log10(value) : Number.NaN;
}

/** The least range of whole decades that holds every number above 0; where there is none, 0.1 to 1. */
export function decadesOf(values: Iterable<number>): Domain {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    const at = decade(value);
    if (Number.isNaN(at)) continue;
    low = Math.min(low, Math.floor(at + 1e-9));
    high = Math.max(high, Math.ceil(at - 1e-9));
  }
  if (low > high) return [-1, 0];
  return low === high ? [low - 1, high] : [low, high];
}

/** Whole exponents within the domain, at most about `count`, at equal distances. */
export function decadeTicks([low, high]: Domain, count = 6): number[] {
  const step = Math.max(1, Math.ceil((high - low) / count));
  const first = Math.ceil(low / step) * step;
  const last = Math.floor(high / step) * step;
  return Array.from(
    { length: Math.max(0, (last - first) / step + 1) },
    (_, i) => first + i * step || 0,
  );
}
