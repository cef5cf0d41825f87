import type { NDArray } from "./ndarray.ts";
import { type Point, rasterise, type Stroke } from "./raster.ts";

/** A source of uniform numbers on [0, 1). */
type Random = () => number;

/** Part of an ellipse about (x, y), from one angle to another: degrees, clockwise on the screen from the right. */
function arc(
  [x, y]: Point,
  [radiusX, radiusY]: readonly [number, number],
  from: number,
  to: number,
): Stroke {
  const pieces = Math.max(2, Math.ceil(Math.abs(to - from) / 22.5));
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / pieces) * Math.PI) / 180;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

/**
 * The ten digits as a pen goes, in the unit square, y downwards: 0.7 high and centred, so that turning,
 * stretching and leaning them about (0.5, 0.5) leaves them in the middle.
 */
const digits: readonly (readonly Stroke[])[] = [
  [arc([0.5, 0.5], [0.22, 0.35], -90, 270)],
  [
    [
      [0.38, 0.3],
      [0.53, 0.15],
      [0.53, 0.85],
    ],
  ],
  [
    [
      ...arc([0.5, 0.35], [0.21, 0.2], -165, 35),
      [0.5, 0.64],
      [0.28, 0.85],
      [0.5, 0.845],
      [0.73, 0.85],
    ],
  ],
  [[...arc([0.48, 0.325], [0.2, 0.175], -150, 85), ...arc([0.48, 0.67], [0.24, 0.18], -85, 150)]],
  [
    [
      [0.59, 0.85],
      [0.6, 0.5],
      [0.6, 0.15],
      [0.43, 0.38],
      [0.25, 0.62],
      [0.5, 0.62],
      [0.77, 0.62],
    ],
  ],
  [
    [
      [0.7, 0.15],
      [0.52, 0.15],
      [0.34, 0.15],
      [0.32, 0.31],
      [0.3, 0.47],
      ...arc([0.49, 0.63], [0.23, 0.22], -130, 140),
    ],
  ],
  [[...arc([0.66, 0.55], [0.37, 0.4], -100, -175), ...arc([0.5, 0.63], [0.21, 0.22], 180, -180)]],
  [
    [
      [0.27, 0.15],
      [0.5, 0.155],
      [0.74, 0.15],
      [0.6, 0.38],
      [0.49, 0.62],
      [0.42, 0.85],
    ],
  ],
  [[...arc([0.5, 0.32], [0.18, 0.17], 90, 450), ...arc([0.5, 0.67], [0.22, 0.18], -90, 270)]],
  [[...arc([0.49, 0.36], [0.21, 0.21], 0, -360), [0.69, 0.5], [0.65, 0.68], [0.58, 0.85]]],
];

/** Half the width of the pen with which ink is drawn, in the unit square: the middle one of the data's. */
export const middlePen = 0.05;

/** The strokes of a digit from 0 to 9 in its plain form. @throws RangeError for any other number */
export function digitStrokes(digit: number): readonly Stroke[] {
  const strokes = digits[digit];
  if (!strokes) throw new RangeError(`Expected a digit from 0 to 9, got ${digit}.`);
  return strokes;
}

export interface Variety {
  /** How much hands differ: 0 for none, 1 (the default) for the hands of the book. */
  readonly variety?: number;
}

/** What one hand makes of a digit. */
export interface Writing {
  readonly strokes: readonly Stroke[];
  /** Half the width of its pen. */
  readonly pen: number;
}

/** A digit as one hand writes it: leaning, stretched, turned, shifted, trembling, with a pen of its own. */
export function writtenDigit(digit: number, variety: Variety, random: Random): Writing {
  return writtenStrokes(digitStrokes(digit), variety, random);
}

/** Any strokes, drawn as a hand draws a digit. Those with corners far apart tremble at the corners alone. */
export function writtenStrokes(
  plain: readonly Stroke[],
  { variety = 1 }: Variety,
  random: Random,
): Writing {
  const within = (limit: number) => variety * limit * (2 * random() - 1);
  const [lean, turn] = [within(0.3), within(0.2)];
  const [wide, high] = [1 + within(0.2), 1 + within(0.15)];
  const [right, down] = [within(0.06), within(0.06)];
  const pen = middlePen * (1 + within(0.35));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const strokes = plain.map((stroke) => {
    const waver = wavering(0.025 * variety, random);
    return stroke.map(([px, py], i): Point => {
      const [wx, wy] = waver(i / stroke.length);
      const y = high * (py - 0.5 + wy);
      const x = wide * (px - 0.5 + wx) - lean * y;
      return [0.5 + cos * x - sin * y + right, 0.5 + sin * x + cos * y + down];
    });
  });
  return { strokes, pen };
}

/** How the hand strays along a stroke: two slow waves a direction. `at` from 0 to 1. */
function wavering(size: number, random: Random): (at: number) => Point {
  const waves = Array.from({ length: 4 }, (_, i) => {
    const [height, phase] = [size * (2 * random() - 1), random()];
    const times = i < 2 ? 1 : 2;
    return (at: number) => height * Math.sin(2 * Math.PI * (times * at + phase));
  });
  const [a, b, c, d] = waves as [
    (at: number) => number,
    (at: number) => number,
    (at: number) => number,
    (at: number) => number,
  ];
  return (at) => [a(at) + c(at), b(at) + d(at)];
}

export interface DigitOptions extends Variety {
  readonly count: number;
  /** Pixels a side. Default 16. */
  readonly size?: number;
}

/**
 * Pictures of written digits, `x` `[count, size, size]` from 0 (ground) to 1 (ink), and which digit each
 * is, `y` `[count]`: 0, 1, …, 9, 0, … in turn, so that any run of rows holds every digit as often.
 */
export function strokeDigits(
  { count, size = 16, variety = 1 }: DigitOptions,
  random: Random,
): { readonly x: NDArray; readonly y: NDArray } {
  const x = new Float32Array(count * size * size);
  for (let row = 0; row < count; row++) {
    const { strokes, pen } = writtenDigit(row % 10, { variety }, random);
    x.set(rasterise(strokes, size, pen), row * size * size);
  }
  return {
    x: { shape: [count, size, size], data: x },
    y: { shape: [count], data: Float32Array.from({ length: count }, (_, row) => row % 10) },
  };
}
