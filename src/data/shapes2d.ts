import type { Arrays } from "./ndarray.ts";

/** How a set of points in the plane is drawn. */
export interface ShapeOptions {
  /** How many points, over all classes. */
  readonly count: number;
  /** Standard deviation of what is added to each coordinate, from 0. The shapes are about 10 wide. */
  readonly noise: number;
}

/** A source of uniform numbers on [0, 1). */
type Random = () => number;
/** A point, and what it is labelled. */
type Labelled = readonly [x_1: number, x_2: number, y: number];
/** The point with this number, of its class: without noise. */
type Draw = (index: number, random: Random) => Labelled;

/** Two normal numbers at once. Box & Muller 1958; 1 − u is in (0, 1], so the logarithm is finite. */
function normals(random: Random): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

const between = (random: Random, low: number, high: number): number =>
  low + (high - low) * random();

/** A place at this distance from the origin, in any direction. */
function around(radius: number, random: Random): readonly [number, number] {
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** A disc (1) within a ring (0). */
const circle: Draw = (index, random) => {
  const isInside = index % 2 === 1;
  const radius = isInside ? 2.5 * Math.sqrt(random()) : between(random, 3.5, 5);
  return [...around(radius, random), isInside ? 1 : 0];
};

/**
 * Four squares: 1 where one coordinate is positive and the other not. So far apart that two lines can
 * cut off those with 1: x₁ − x₂ = ±2.5.
 */
const xor: Draw = (index, random) => {
  const [x_1, x_2] = [between(random, 1.3, 3.7), between(random, 1.3, 3.7)];
  const [right, up] = [index % 2 === 0, Math.floor(index / 2) % 2 === 0];
  return [right ? x_1 : -x_1, up ? x_2 : -x_2, right !== up ? 1 : 0];
};

/** Two round clouds, opposite each other: the only one of these that a line parts. */
const gauss: Draw = (index, random) => {
  const [u, v] = normals(random);
  const side = index % 2 === 1 ? 1 : -1;
  return [2.2 * side + 0.9 * u, 2.2 * side + 0.9 * v, index % 2];
};

/** `arms` spirals about the origin, each turning `turns` times. */
const spirals =
  (arms: number, turns: number): Draw =>
  (index, random) => {
    const along = between(random, 0.04, 1);
    const arm = index % arms;
    const angle = 2 * Math.PI * (turns * along + arm / arms);
    return [5 * along * Math.sin(angle), 5 * along * Math.cos(angle), arm];
  };

/** Two half circles, each holding an end of the other. */
const moons: Draw = (index, random) => {
  const angle = Math.PI * random();
  const [x_1, x_2] = [3 * Math.cos(angle), 3 * Math.sin(angle)];
  return index % 2 === 0 ? [x_1 - 1.5, x_2 - 0.8, 0] : [1.5 - x_1, 0.8 - x_2, 1];
};

/** Four clouds, one class each, in the four quarters of the plane. */
const clouds: Draw = (index, random) => {
  const [u, v] = normals(random);
  const [right, up] = [index % 2 === 0, Math.floor(index / 2) % 2 === 0];
  return [(right ? 2.7 : -2.7) + 0.8 * u, (up ? 2.7 : -2.7) + 0.8 * v, index % 4];
};

/** Three rings, one about another. */
const rings: Draw = (index, random) => {
  const ring = index % 3;
  const radius = ring === 0 ? 1.4 * Math.sqrt(random()) : 1.9 * ring + between(random, 0, 1);
  return [...around(radius, random), ring];
};

/** A function over the square, taken at places drawn evenly: the label is its value. */
const height =
  (f: (x_1: number, x_2: number) => number): Draw =>
  (_index, random) => {
    const [x_1, x_2] = [between(random, -5.5, 5.5), between(random, -5.5, 5.5)];
    return [x_1, x_2, f(x_1, x_2)];
  };

const hill = (x_1: number, x_2: number, at_1: number, at_2: number): number =>
  Math.exp(-((x_1 - at_1) ** 2 + (x_2 - at_2) ** 2) / 6);

/**
 * The sets of points by name, each within about [−6, 6] in both coordinates. With `classes` the labels
 * are whole numbers from 0; without, they are any numbers from −1 to 1, to be fitted.
 */
const shapes = {
  circle: { classes: 2, draw: circle },
  xor: { classes: 2, draw: xor },
  gauss: { classes: 2, draw: gauss },
  moons: { classes: 2, draw: moons },
  spiral: { classes: 2, draw: spirals(2, 1.5) },
  clouds: { classes: 4, draw: clouds },
  rings: { classes: 3, draw: rings },
  pinwheel: { classes: 3, draw: spirals(3, 0.5) },
  slope: { classes: null, draw: height((x_1, x_2) => (x_1 + x_2) / 11) },
  hills: {
    classes: null,
    draw: height(
      (x_1, x_2) =>
        hill(x_1, x_2, -2.5, -2.5) +
        hill(x_1, x_2, 2.5, 2.5) -
        hill(x_1, x_2, 2.5, -2.5) -
        hill(x_1, x_2, -2.5, 2.5),
    ),
  },
} as const satisfies Record<string, { classes: number | null; draw: Draw }>;

export type ShapeName = keyof typeof shapes;

export const shapeNames = Object.keys(shapes) as readonly ShapeName[];

/** How many classes a set has; null where its labels are numbers to be fitted. */
export function classesOf(name: ShapeName): number | null {
  return shapes[name].classes;
}

/**
 * Points of the plane with their labels: `x` [count, 2], `y` [count]. The classes come in turn, so any
 * run of points holds them about equally. Noise moves a point after it has been labelled.
 *
 * `random` is uniform on [0, 1).
 *
 * @throws RangeError when `count` is not a whole number from 1, or the noise not a number from 0
 */
export function shape2d(name: ShapeName, { count, noise }: ShapeOptions, random: Random): Arrays {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected a whole number from 1 of points, got ${count}.`);
  }
  if (!(noise >= 0) || !Number.isFinite(noise)) {
    throw new RangeError(`Expected noise from 0, got ${noise}.`);
  }
  const x = new Float32Array(2 * count);
  const y = new Float32Array(count);
  const draw: Draw = shapes[name].draw;
  for (let i = 0; i < count; i++) {
    const [x_1, x_2, label] = draw(i, random);
    const [u, v] = normals(random);
    x.set([x_1 + noise * u, x_2 + noise * v], 2 * i);
    y[i] = label;
  }
  return { x: { shape: [count, 2], data: x }, y: { shape: [count], data: y } };
}
