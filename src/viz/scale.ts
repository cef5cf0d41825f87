import { numberText } from "./numberText.ts";

/** A closed range of data, low end first. */
export type Domain = readonly [number, number];

/** Maps data to the units of a drawing, linearly; `invert` maps back. */
export interface LinearScale {
  (value: number): number;
  invert(position: number): number;
  readonly domain: Domain;
  readonly range: readonly [number, number];
}

/**
 * The linear scale that takes `domain` to `range`.
 *
 * @throws RangeError when the domain is empty or not finite
 */
export function linearScale(domain: Domain, range: readonly [number, number]): LinearScale {
  const [low, high] = domain;
  if (!(high > low) || !Number.isFinite(high - low)) {
    throw new RangeError(
      `linearScale: expected a domain [low, high] with low < high, got [${low}, ${high}].`,
    );
  }
  const slope = (range[1] - range[0]) / (high - low);
  const scale = (value: number): number => range[0] + (value - low) * slope;
  const invert = (position: number): number => low + (position - range[0]) / slope;
  return Object.assign(scale, { invert, domain, range });
}

/** 1, 2 or 5 times a power of ten: the distance between about `count` ticks over `span`. */
export function tickStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  const nice = lead >= 7.5 ? 10 : lead >= 3.5 ? 5 : lead >= 1.5 ? 2 : 1;
  return nice * power;
}

/** About `count` round numbers within the domain, zero among them where it lies inside. */
export function ticks([low, high]: Domain, count = 5): number[] {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    rounded((first + i) * step),
  );
}

/** A tick as text: all ticks of one axis with the same number of decimals. */
export function tickText(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return decimals > 4 || Math.abs(value) >= 1e6
    ? numberText(value)
    : value.toFixed(decimals).replace("-", "\u2212");
}

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
export function rounded(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(12));
}

/** `value`, kept within [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** `count` values from `low` to `high`, both ends included. */
export function evenly([low, high]: Domain, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
