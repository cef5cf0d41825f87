import { beforeAll, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { loopOf, stridesOf } from "../../src/engine/loops.ts";
import { batchedProduct } from "../../src/engine/matrixProduct.ts";
import { Recording } from "../../src/engine/recording.ts";
import * as tf from "../../src/models/tf.ts";
import { randomStream } from "../../src/training/random.ts";

beforeAll(async () => {
  await Runtime.start("cpu");
});

/** What arithmetic trips over comes first, as far as there is room; then numbers between −3 and 3. */
const traps = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e-45, 3e38];

function tensor(shape: number[], label: string): tf.Tensor {
  const random = randomStream(7, label);
  const at = Math.floor(random.uniform() * 5);
  const numbers = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    i >= at && i < at + traps.length ? (traps[i - at] as number) : 6 * random.uniform() - 3,
  );
  return tf.tensor(numbers, shape);
}

const unary = [
  "abs",
  "exp",
  "log",
  "neg",
  "relu",
  "rsqrt",
  "sigmoid",
  "sqrt",
  "square",
  "tanh",
] as const;
const binary = ["add", "sub", "mul", "div", "maximum", "minimum", "squaredDifference"] as const;
const comparisons = ["greater", "greaterEqual"] as const;
const pairs: readonly (readonly [number[], number[]])[] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], []],
  [[], [3, 4]],
  [[3, 4], [4]],
  [
    [3, 4],
    [3, 1],
  ],
  [
    [1, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [3, 4],
  ],
  [
    [2, 3, 4],
    [2, 1, 1],
  ],
  [
    [2, 3, 4],
    [2, 1, 4],
  ],
  [
    [2, 3, 2, 4],
    [3, 1, 1],
  ],
  [
    [3, 1, 1],
    [2, 3, 2, 4],
  ],
  [[1, 1], [5]],
  [[], []],
];

const turns = [false, true].flatMap((first) =>
  [false, true].map((second) => [first, second] as const),
);

type Case = readonly [
  law: string,
  shapes: readonly number[][],
  run: (...x: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
];
const cases: readonly Case[] = [
  ...unary.map((name): Case => [name, [[3, 5]], (x) => (x as tf.Tensor)[name]()]),
  ...[...binary, ...comparisons].flatMap((name) =>
    pairs.map(
      ([a, b]): Case => [
        `${name} of [${a}] and [${b}]`,
        [a, b],
        (a, b) => (a as tf.Tensor)[name](b as tf.Tensor),
      ],
    ),
  ),
  ...[[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]].flatMap((axes): Case[] => [
    [`sum over ${axes}`, [[2, 3, 4]], (x) => (x as tf.Tensor).sum(axes)],
    [`mean over ${axes}`, [[2, 3, 4]], (x) => (x as tf.Tensor).mean(axes, true)],
    [`max over ${axes}`, [[2, 3, 4]], (x) => (x as tf.Tensor).max(axes)],
  ]),
  ["softmax", [[4, 6]], (x) => tf.softmax(x as tf.Tensor)],
  ["step", [[9]], (x) => tf.step(x as tf.Tensor, 0.2)],
  ["float of bool", [[9]], (x) => tf.cast(tf.greater(x as tf.Tensor, 0), "float32")],
  ...turns.map(
    ([first, second]): Case => [
      `product, turned ${first}, ${second}`,
      [first ? [5, 3] : [3, 5], second ? [6, 5] : [5, 6]],
      (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, first, second),
    ],
  ),
  ...turns.map(
    ([first, second]): Case => [
      `products of stacks, turned ${first}, ${second}`,
      [
        [2, 3, ...(first ? [5, 3] : [3, 5])],
        [2, 3, ...(second ? [6, 5] : [5, 6])],
      ],
      (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor, first, second),
    ],
  ),
  ...[0, 1, 2].flatMap((axis): Case[] => [
    [
      `joined along ${axis}`,
      [
        [2, 3, 4],
        [2, 3, 4],
      ],
      (a, b) => tf.concat([a, b] as tf.Tensor[], axis),
    ],
    [
      `stacked along ${axis}`,
      [
        [2, 3],
        [2, 3],
      ],
      (a, b) => tf.stack([a, b] as tf.Tensor[], axis),
    ],
    [
      `parted along ${axis}`,
      [[4, 4, 60]],
      (x) => tf.split(x as tf.Tensor, [1, axis === 2 ? 59 : 3], axis),
    ],
    [`unstacked along ${axis}`, [[4, 3, 2]], (x) => tf.unstack(x as tf.Tensor, axis)],
  ]),
  ["cut along the first", [[5, 4]], (x) => tf.slice(x as tf.Tensor, [1, 0], [3, 4])],
  ["cut along the last", [[5, 4]], (x) => tf.slice(x as tf.Tensor, [0, 2], [5, 1])],
  ["cut along both", [[5, 4]], (x) => tf.slice(x as tf.Tensor, [1, 1], [2, 2])],
  ["turned", [[2, 3, 4]], (x) => tf.transpose(x as tf.Tensor, [2, 0, 1])],
];

test.each(cases)("%s: a replay gives the kernel's bits", (_, shapes, run) => {
  const before = tf.memory().numTensors;
  // A square at either end, so that what is tested lies between kernels, in an array used again.
  const whole = (inputs: readonly tf.Tensor[]) =>
    tf.tidy(() => {
      const made = [run(...inputs.map((x) => x.square().sign().mul(x)))].flat();
      return made.map((one) => tf.keep(one.cast("float32").mul(1.5)));
    });
  const given = (round: string) =>
    Object.fromEntries(shapes.map((shape, i) => [`${i}`, tensor([...shape], `${round} ${i}`)]));
  const named = (tensors: readonly tf.Tensor[]) =>
    Object.fromEntries(tensors.map((one, i) => [`${i}`, one]));
  const first = given("first");
  const { results, recording } = Recording.of(first, () => named(whole(Object.values(first))));
  for (const round of ["second", "third"]) {
    const inputs = given(round);
    const plain = whole(Object.values(inputs));
    const replayed = recording.replay(inputs);
    for (const [i, one] of plain.entries()) {
      expect(replayed[i]?.shape).toEqual(one.shape);
      expect(bits(replayed[i] as tf.Tensor)).toEqual(bits(one));
    }
    tf.dispose([inputs, plain, replayed]);
  }
  tf.dispose([first, results]);
  recording.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** NaNs are all one: which of its many patterns comes out is up to the processor. */
function bits(x: tf.Tensor): readonly string[] {
  return [...x.dataSync()].map((value) => (Object.is(value, -0) ? "-0" : String(value)));
}

test("two shapes stretch in two levels, or there is no loop for them", () => {
  expect(stridesOf([3, 4], [4], [3, 4])).toEqual({
    outer: 3,
    inner: 4,
    aOuter: 4,
    aInner: 1,
    bOuter: 0,
    bInner: 1,
  });
  expect(stridesOf([2, 1, 4], [1, 3, 4], [2, 3, 4])).toBeNull();
});

test.each([
  ["tiles alone", [4, 7, 8]],
  ["a row and columns left over", [5, 3, 6]],
  ["one row", [1, 9, 11]],
  ["one number", [1, 1, 1]],
  ["a second factor too large for tiles", [3, 130, 261]],
] as const)("a product of %s is the sums of products, in either order of memory", (_, sizes) => {
  const [m, k, n] = sizes;
  const entries = (count: number, label: string) =>
    Float32Array.from({ length: count }, randomStream(7, label).normal);
  const [a, b] = [entries(2 * m * k, "a"), entries(k * n, "b")];
  for (const [first, second] of turns) {
    const c = new Float32Array(2 * m * n);
    const factors = [
      { numbers: a, transposed: first },
      { numbers: b, transposed: second },
    ] as const;
    batchedProduct(...factors, sizes, { count: 2, aCount: 2, bCount: 1 }, c);
    for (let at = 0; at < c.length; at++) {
      const [which, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
      let sum = 0;
      for (let p = 0; p < k; p++) {
        const x = a[which * m * k + (first ? p * m + i : i * k + p)] ?? 0;
        sum += x * (b[second ? j * k + p : p * n + j] ?? 0);
      }
      expect(c[at]).toBe(Math.fround(sum));
    }
  }
});

test("for a kernel that has no loop there is none", () => {
  const info = { dataId: {}, shape: [2], dtype: "float32" as const };
  expect(loopOf({ name: "Cumsum", inputs: { x: info }, attrs: {}, outputs: [info] })).toBeNull();
});
