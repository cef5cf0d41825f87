type Point = readonly [x: number, y: number];

/**
 * The ten digits, each written without lifting the pen: corners and bends that a smooth line passes, in
 * a square from −1 to 1, y upwards.
 */
const outlines: readonly (readonly Point[])[] = [
  [
    [0.15, 0.95],
    [-0.4, 0.6],
    [-0.55, 0],
    [-0.4, -0.6],
    [0, -0.9],
    [0.4, -0.6],
    [0.55, 0],
    [0.4, 0.6],
    [0.05, 0.9],
  ],
  [
    [-0.4, 0.45],
    [-0.1, 0.7],
    [0.15, 0.95],
    [0.15, 0.95],
    [0.15, 0.3],
    [0.15, -0.3],
    [0.15, -0.9],
  ],
  [
    [-0.5, 0.5],
    [-0.25, 0.85],
    [0.2, 0.88],
    [0.5, 0.5],
    [0.3, 0.05],
    [-0.15, -0.45],
    [-0.55, -0.88],
    [-0.55, -0.88],
    [0, -0.86],
    [0.6, -0.88],
  ],
  [
    [-0.5, 0.7],
    [-0.1, 0.95],
    [0.4, 0.75],
    [0.4, 0.3],
    [-0.1, 0.06],
    [-0.1, 0.06],
    [0.45, -0.2],
    [0.5, -0.6],
    [0.05, -0.92],
    [-0.5, -0.7],
  ],
  [
    [0.6, -0.25],
    [0, -0.25],
    [-0.6, -0.25],
    [-0.6, -0.25],
    [-0.15, 0.35],
    [0.3, 0.95],
    [0.3, 0.95],
    [0.28, 0],
    [0.26, -0.9],
  ],
  [
    [0.5, 0.9],
    [0, 0.9],
    [-0.4, 0.9],
    [-0.4, 0.9],
    [-0.45, 0.5],
    [-0.48, 0.12],
    [-0.48, 0.12],
    [0, 0.25],
    [0.45, 0],
    [0.5, -0.5],
    [0.1, -0.9],
    [-0.5, -0.7],
  ],
  [
    [0.35, 0.95],
    [-0.2, 0.6],
    [-0.5, 0],
    [-0.5, -0.5],
    [-0.1, -0.9],
    [0.35, -0.75],
    [0.5, -0.35],
    [0.25, 0.02],
    [-0.2, -0.08],
    [-0.45, -0.4],
  ],
  [
    [-0.55, 0.88],
    [0, 0.88],
    [0.55, 0.88],
    [0.55, 0.88],
    [0.25, 0.3],
    [0, -0.3],
    [-0.2, -0.9],
  ],
  [
    [0.4, 0.65],
    [0.05, 0.93],
    [-0.38, 0.7],
    [-0.3, 0.3],
    [0.1, 0],
    [0.45, -0.4],
    [0.35, -0.8],
    [-0.05, -0.93],
    [-0.45, -0.7],
    [-0.4, -0.3],
    [0.05, 0.08],
    [0.38, 0.4],
    [0.36, 0.72],
  ],
  [
    [0.42, 0.65],
    [0.05, 0.93],
    [-0.4, 0.7],
    [-0.4, 0.25],
    [0, 0.05],
    [0.38, 0.3],
    [0.45, 0.65],
    [0.45, 0.65],
    [0.4, 0],
    [0.25, -0.9],
  ],
];

/** Points that a pen passes while it writes a digit. */
export const strokePoints = 20;

/** How the hand that writes differs from others. Each from −1 to 1. */
export interface Hand {
  /** Leaning to the left or to the right. */
  readonly slant: number;
  /** Narrow or wide. */
  readonly width: number;
}

/** A point of the smooth curve through p_1 and p_2 (Catmull & Rom 1974), `s` from 0 to 1. */
function between(p: readonly [Point, Point, Point, Point], s: number): Point {
  const along = (axis: 0 | 1): number => {
    const [a, b, c, d] = [p[0][axis], p[1][axis], p[2][axis], p[3][axis]];
    return b + 0.5 * s * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
  };
  return [along(0), along(1)];
}

/** A corner, written twice in the outline, ends one smooth piece and begins the next. */
function pieces(outline: readonly Point[]): Point[][] {
  const parts: Point[][] = [[]];
  for (const [i, point] of outline.entries()) {
    const before = outline[i - 1];
    if (before && before[0] === point[0] && before[1] === point[1]) parts.push([]);
    parts.at(-1)?.push(point);
  }
  return parts;
}

const finely = 16;

function smooth(piece: readonly Point[]): Point[] {
  const at = (i: number): Point => piece[Math.min(piece.length - 1, Math.max(0, i))] as Point;
  const line: Point[] = [at(0)];
  for (let i = 0; i + 1 < piece.length; i++) {
    const around = [at(i - 1), at(i), at(i + 1), at(i + 2)] as const;
    for (let s = 1; s <= finely; s++) line.push(between(around, s / finely));
  }
  return line;
}

/** `count` points on a line, equally far from each other along it, both ends included. */
function evenlyAlong(line: readonly Point[], count: number): Point[] {
  const lengths = [0];
  for (const [i, [x, y]] of line.entries()) {
    const before = line[i - 1];
    if (before) lengths.push((lengths.at(-1) ?? 0) + Math.hypot(x - before[0], y - before[1]));
  }
  const whole = lengths.at(-1) ?? 0;
  let at = 1;
  return Array.from({ length: count }, (_, i) => {
    const goal = (whole * i) / (count - 1);
    while (at < line.length - 1 && (lengths[at] as number) < goal) at++;
    const [from, to] = [lengths[at - 1] as number, lengths[at] as number];
    const share = to > from ? (goal - from) / (to - from) : 0;
    const [[x, y], [u, v]] = [line[at - 1] as Point, line[at] as Point];
    return [x + share * (u - x), y + share * (v - y)];
  });
}

/** The ten digits as the pen goes, upright and of middling width: `strokePoints` points each. */
const plain: readonly (readonly Point[])[] = outlines.map((outline) =>
  evenlyAlong(pieces(outline).flatMap(smooth), strokePoints),
);

/** The pen's way through a digit from 0 to 9, as this hand writes it: `strokePoints` points. */
export function strokeOf(digit: number, { slant, width }: Hand): Point[] {
  const way = plain[digit];
  if (!way) throw new RangeError(`Expected a digit from 0 to 9, got ${digit}.`);
  return way.map(([x, y]) => [x * (1 + 0.3 * width) + 0.35 * slant * y, y]);
}

/** The way with the hand trembling a little: a slow wave of its own in each direction. */
export function trembling(way: readonly Point[], size: number, random: () => number): Point[] {
  const [a, b, c, d] = [random(), random(), random(), random()];
  return way.map(([x, y], i) => {
    const t = i / way.length;
    return [
      x + size * Math.sin(2 * Math.PI * (a + (1 + c) * t)),
      y + size * Math.sin(2 * Math.PI * (b + (1 + d) * t)),
    ];
  });
}

/** The digit whose way, as this hand writes it, is nearest to these points, by the mean square distance. */
export function nearestDigit(way: readonly Point[], hand: Hand): number {
  const distance = (digit: number) =>
    strokeOf(digit, hand).reduce((sum, [x, y], i) => {
      const [u, v] = way[i] ?? [0, 0];
      return sum + (x - u) ** 2 + (y - v) ** 2;
    }, 0);
  const distances = plain.map((_, digit) => distance(digit));
  return distances.indexOf(Math.min(...distances));
}
