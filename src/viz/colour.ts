/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The three colours of the diverging scale, as a canvas needs them. */
export interface Palette {
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly neutral: Rgb;
}

/** How much of the end colour a value of this share of the maximum takes: 0 at zero, 1 at the maximum. */
export function strength(value: number, maximum: number): number {
  if (!Number.isFinite(value) || !(maximum > 0)) return 0;
  return Math.min(1, Math.abs(value) / maximum);
}

/**
 * The book's one diverging colour, as CSS that follows the theme: `--positive` above zero,
 * `--negative` below, `--neutral` at zero; symmetric, and full at ±`maximum`.
 */
export function divergingCss(value: number, maximum: number): string {
  const share = Math.round(strength(value, maximum) * 1000) / 10;
  if (share === 0) return "var(--neutral)";
  const end = value > 0 ? "--positive" : "--negative";
  return `color-mix(in srgb, var(${end}) ${share}%, var(--neutral))`;
}

/** The sequential colour for a magnitude from 0 to `maximum`: neutral to ink, as CSS. */
export function sequentialCss(value: number, maximum: number): string {
  const share = Math.round(strength(Math.max(0, value), maximum) * 850) / 10;
  return share === 0
    ? "var(--neutral)"
    : `color-mix(in oklab, var(--ink) ${share}%, var(--neutral))`;
}

const hues = 8;
const hueOf = (index: number): number => ((Math.round(index) % hues) + hues) % hues;

/** The hue of a class of data. Eight classes have a hue each; the shapes tell them apart as well. */
export function classCss(index: number): string {
  return `var(--class-${hueOf(index)})`;
}

/** `share` of `end` mixed into `start`, in sRGB: as `color-mix` and a half transparent layer do it. */
export function mixRgb(start: Rgb, end: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2): number => Math.round(start[i] + (end[i] - start[i]) * share);
  return [at(0), at(1), at(2)];
}

/** The diverging colour of `divergingCss`, as numbers. */
export function divergingRgb(value: number, maximum: number, palette: Palette): Rgb {
  const end = value > 0 ? palette.positive : palette.negative;
  return mixRgb(palette.neutral, end, strength(value, maximum));
}

const levels = 128;

/**
 * The diverging scale as a table for drawing rasters: `3 × (2 × 128 + 1)` bytes, from −maximum to
 * +maximum. `tableIndex` finds a value's entry.
 */
export function divergingTable(palette: Palette): Uint8ClampedArray {
  const table = new Uint8ClampedArray(3 * (2 * levels + 1));
  for (let i = -levels; i <= levels; i++) {
    table.set(divergingRgb(i, levels, palette), 3 * (i + levels));
  }
  return table;
}

/** The first byte of a value's colour in `divergingTable`. */
export function tableIndex(value: number, maximum: number): number {
  const level = Math.round(Math.sign(value) * strength(value, maximum) * levels);
  return 3 * ((Number.isNaN(level) ? 0 : level) + levels);
}

/** A CSS colour as the browser resolves it on `element`; browser only. */
function resolve(element: Element, property: string): Rgb {
  const colour = getComputedStyle(element).getPropertyValue(property).trim();
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) return [127, 127, 127];
  context.fillStyle = colour || "gray";
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/** The sequential scale where `element` stands, as a palette without a negative side; browser only. */
export function readSequential(element: Element): Palette {
  const neutral = resolve(element, "--neutral");
  return { positive: resolve(element, "--ink"), negative: neutral, neutral };
}

/** The palette in force where `element` stands; browser only. */
export function readPalette(element: Element): Palette {
  return {
    positive: resolve(element, "--positive"),
    negative: resolve(element, "--negative"),
    neutral: resolve(element, "--neutral"),
  };
}

/** The hues of the first `count` classes where `element` stands; browser only. */
export function readClassColours(element: Element, count: number): readonly Rgb[] {
  return Array.from({ length: count }, (_, index) => resolve(element, `--class-${hueOf(index)}`));
}
