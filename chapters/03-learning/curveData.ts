import { type Arrays, ndarray } from "../../src/data/ndarray.ts";
import { range } from "../../src/data/points.ts";
import { type RandomStream, randomStream } from "../../src/training/random.ts";

/** The part of the axis on which there are examples, and the part of the plane that is shown. */
export const curveReach = { x: [-3, 3], y: [-2, 2] } as const;
/** Examples kept apart: enough of them to say how good the curve is. */
const heldCount = 40;

/** Where the network's curve is taken. */
export const curveRange = range(-3.2, 3.2, 161);

/** What the examples are drawn from, without the noise. */
export function truth(x: number): number {
  return Math.sin(1.6 * x) + 0.25 * x;
}

/** `count` examples about the truth, each in its own of as many equal parts of the axis. */
function examples(count: number, noise: number, random: RandomStream): Arrays {
  const [from, to] = curveReach.x;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = from + ((to - from) * (i + random.uniform())) / count;
    x.push(at);
    y.push(truth(at) + noise * random.normal());
  }
  return { x: ndarray(x), y: ndarray(y) };
}

interface Sets {
  readonly train: Arrays;
  readonly held: Arrays;
}

/** The examples to train on and those kept apart, `x` [m] and `y` [m] each; another `draw`, other examples. */
export function curveSets(settings: { points: number; noise: number; draw: number }): Sets {
  const { points, noise, draw } = settings;
  return {
    train: examples(points, noise, randomStream(draw, `${points} points of a curve`)),
    held: examples(heldCount, noise, randomStream(draw, "points kept apart")),
  };
}
