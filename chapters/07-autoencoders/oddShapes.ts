import { type Arrays, type NDArray, sizeOf } from "../../src/data/ndarray.ts";
import { inkPicture, type Point, rasterise, type Stroke } from "../../src/data/raster.ts";
import { middlePen, writtenStrokes } from "../../src/data/strokeDigits.ts";
import { randomStream } from "../../src/training/random.ts";
import { pixels, side } from "./digits.ts";

/** Straight strokes through points given in hundredths, in the unit square, y downwards. */
const lines = (...strokes: readonly (readonly (readonly [number, number])[])[]): Stroke[] =>
  strokes.map((stroke) => stroke.map(([x, y]): Point => [x / 100, y / 100]));

function starPoints(): (readonly [number, number])[] {
  return Array.from({ length: 6 }, (_, i) => {
    const angle = -Math.PI / 2 + (4 * Math.PI * i) / 5;
    return [50 + 36 * Math.cos(angle), 53 + 36 * Math.sin(angle)] as const;
  });
}

/** What is no digit: how a pen goes, as high and as much in the middle as the digits. */
const shapes = {
  star: lines(starPoints()),
  square: lines([
    [20, 20],
    [80, 20],
    [80, 80],
    [20, 80],
    [20, 20],
  ]),
  triangle: lines([
    [50, 18],
    [84, 82],
    [16, 82],
    [50, 18],
  ]),
  cross: lines(
    [
      [20, 18],
      [80, 82],
    ],
    [
      [80, 18],
      [20, 82],
    ],
  ),
  arrow: lines(
    [
      [15, 50],
      [85, 50],
    ],
    [
      [60, 25],
      [85, 50],
      [60, 75],
    ],
  ),
  A: lines(
    [
      [22, 85],
      [50, 15],
      [78, 85],
    ],
    [
      [33, 60],
      [67, 60],
    ],
  ),
  E: lines(
    [
      [74, 15],
      [28, 15],
      [28, 85],
      [74, 85],
    ],
    [
      [28, 50],
      [66, 50],
    ],
  ),
  H: lines(
    [
      [25, 15],
      [25, 85],
    ],
    [
      [75, 15],
      [75, 85],
    ],
    [
      [25, 50],
      [75, 50],
    ],
  ),
  K: lines(
    [
      [28, 15],
      [28, 85],
    ],
    [
      [74, 15],
      [28, 52],
      [76, 85],
    ],
  ),
  M: lines([
    [18, 85],
    [24, 15],
    [50, 60],
    [76, 15],
    [82, 85],
  ]),
  T: lines(
    [
      [20, 16],
      [80, 16],
    ],
    [
      [50, 16],
      [50, 85],
    ],
  ),
  W: lines([
    [16, 15],
    [32, 85],
    [50, 40],
    [68, 85],
    [84, 15],
  ]),
} as const satisfies Readonly<Record<string, readonly Stroke[]>>;

export type ShapeName = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as readonly ShapeName[];

/** A shape in its plain form, as a picture `[side, side]` made as that of a drawing. */
export function plainShape(name: ShapeName): NDArray {
  return inkPicture(shapes[name], side, middlePen);
}

const times = 20;
let drawn: Arrays | null = null;

/** Shapes as hands draw them, 20 of each kind in turn: `x` `[240, 16, 16]`. The same ones each time. */
export function drawnShapes(): Arrays {
  if (drawn) return drawn;
  const random = randomStream(1, "shapes that are no digits").uniform;
  const shape = [times * shapeNames.length, side, side];
  const x = new Float32Array(sizeOf(shape));
  for (let row = 0; row < times * shapeNames.length; row++) {
    const name = shapeNames[row % shapeNames.length] as ShapeName;
    const { strokes, pen } = writtenStrokes(shapes[name], {}, random);
    x.set(rasterise(strokes, side, pen), row * pixels);
  }
  drawn = { x: { shape, data: x } };
  return drawn;
}
