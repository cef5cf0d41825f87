import { beforeAll, describe, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import * as tf from "../../src/models/tf.ts";
import { randomStream } from "../../src/training/random.ts";
import "../models/allclose.ts";
import { numbersOf } from "../models/evaluate.ts";

const shapes = [[7], [1], [4, 6], [3, 1], [2, 3, 5], [1, 60, 2], [2, 2, 3, 4], [2, 1, 3, 2, 2]];

function normals(shape: readonly number[]): number[] {
  const { normal } = randomStream(1, `own kernels ${shape}`);
  return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, normal);
}

const tensor = (shape: number[]) => tf.tensor(normals(shape), shape);

/** The entry of x at the place within the box that has this flat index there. */
function entryOf(x: number[], shape: number[], begin: number[], size: number[], index: number) {
  let rest = index;
  let at = 0;
  let stride = 1;
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    at += ((begin[dimension] as number) + (rest % (size[dimension] as number))) * stride;
    rest = Math.floor(rest / (size[dimension] as number));
    stride *= shape[dimension] as number;
  }
  return x[at] as number;
}

for (const backend of ["cpu", "wasm"] as const) {
  describe(backend, () => {
    beforeAll(async () => {
      await Runtime.start(backend);
    });

    test("what is split along any dimension, and joined again, is the same", async () => {
      for (const shape of shapes) {
        for (const [axis, whole] of shape.entries()) {
          const sizes = whole > 2 ? [1, whole - 2, 1] : [whole];
          const x = tensor(shape);
          const joined = await numbersOf(() => tf.concat(tf.split(x, sizes, axis), axis));
          expect([...joined.data], `${shape} along ${axis}`).toEqual([...(await x.data())]);
          const stacked = await numbersOf(() => tf.stack(tf.unstack(x, axis), axis));
          expect([...stacked.data], `${shape} along ${axis}`).toEqual([...(await x.data())]);
          expect(stacked.shape).toEqual(shape);
          x.dispose();
        }
      }
    });

    test("a slice is the entries of its box", async () => {
      for (const shape of shapes) {
        const begin = shape.map((whole, i) => (whole > 1 ? (i % 2) + (whole > 3 ? 1 : 0) : 0));
        const size = shape.map((whole, i) => Math.max(1, whole - (begin[i] as number) - (i % 2)));
        const x = Float32Array.from(normals(shape));
        const found = await numbersOf(() => tf.slice(tensor(shape), begin, size));
        const expected = Array.from(found.data, (_, i) => entryOf([...x], shape, begin, size, i));
        expect([...found.data], `${shape} from ${begin}, ${size}`).toEqual(expected);
        expect(found.shape).toEqual(size);
      }
    });

    test("whole numbers and truth values are cut like others; a box beyond the edge is refused", async () => {
      const whole = tf.tensor2d(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [2, 3],
        "int32",
      );
      const truth = tf.tensor1d([true, false, true], "bool");
      const pieces = [tf.slice(whole, [0, 1], [2, 1]), tf.slice(truth, [1], [2])];
      expect(pieces.map(({ dtype }) => dtype)).toEqual(["int32", "bool"]);
      expect(await Promise.all(pieces.map(async (piece) => [...(await piece.data())]))).toEqual([
        [2, 5],
        [0, 1],
      ]);
      expect(() => tf.slice(whole, [0, 2], [2, 2])).toThrow(/slice2D.*overflow/);
      tf.dispose([whole, truth, ...pieces]);
    });

    test("a product has the sums of products as its entries, whatever is transposed", async () => {
      for (const [m, k, n] of [
        [1, 1, 1],
        [2, 3, 4],
        [5, 7, 6],
        [3, 8, 1],
        [1, 40, 33],
        [17, 31, 19],
        [32, 64, 30],
      ] as const) {
        const [a, b] = [normals([m, k]), normals([k, n, 1])];
        const expected = Array.from({ length: m * n }, (_, at) => {
          const [i, j] = [Math.floor(at / n), at % n];
          return Array.from({ length: k }, (_, p) => a[i * k + p]! * b[p * n + j]!).reduce(
            (sum, product) => sum + product,
            0,
          );
        });
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            const found = await numbersOf(() => {
              const A = tf.tensor2d(a, [m, k]);
              const B = tf.tensor2d(b, [k, n]);
              const [left, right] = [
                transposeA ? A.transpose() : A,
                transposeB ? B.transpose() : B,
              ];
              return tf.matMul(left, right, transposeA, transposeB);
            });
            expect(found.shape).toEqual([m, n]);
            const said = `[${m}, ${k}] times [${k}, ${n}], ${transposeA}, ${transposeB}`;
            expect([...found.data], said).toBeAllclose(expected, { absolute: 1e-5 });
          }
        }
      }
    });

    test("rows are summed by their numbers, and those without one nowhere", async () => {
      const sums = await numbersOf(() => {
        const rows = tf.tensor2d([
          [1, 10],
          [2, 20],
          [4, 40],
          [8, 80],
        ]);
        return tf.unsortedSegmentSum(rows, tf.tensor1d([2, 0, 2, -1], "int32"), 4);
      });
      expect(sums).toBeAllclose([
        [2, 20],
        [0, 0],
        [5, 50],
        [0, 0],
      ]);
    });

    test("what is handed on as it is takes no room, and outlives where it came from", async () => {
      const x = tensor([2, 3]);
      const numbers = [...(await x.data())];
      const before = tf.engine().backend.numDataIds();
      const [clone, cast] = [x.clone(), x.cast("float32")];
      expect(tf.engine().backend.numDataIds()).toBe(before);
      x.dispose();
      expect([...(await clone.data())]).toEqual(numbers);
      clone.dispose();
      expect([...(await cast.data())]).toEqual(numbers);
      cast.dispose();
      expect(tf.engine().backend.numDataIds()).toBe(before - 1);
    });

    test("nothing is left behind", async () => {
      const count = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
      const before = count();
      tf.tidy(() => {
        const x = tensor([32, 64]);
        tf.matMul(x, x, true);
        tf.matMul(x, x, false, true);
        tf.split(x, 4, 1);
        tf.unstack(x);
        tf.unsortedSegmentSum(x, tf.zeros([32], "int32"), 3);
      });
      expect(count()).toEqual(before);
    });
  });
}
