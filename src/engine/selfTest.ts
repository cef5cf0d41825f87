import * as tf from "../models/tf.ts";
import type { Runtime } from "./backends.ts";

type Case = () => tf.Tensor[];

/** Numbers that are of both signs, not round, and the same everywhere. */
function numbers(shape: readonly number[], phase: number): tf.Tensor {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase)),
    [...shape],
  );
}

function valueAndSlopes(f: (...xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[]): tf.Tensor[] {
  const { value, grads } = tf.valueAndGrads((...moved) => f(...moved).sum() as tf.Scalar)(xs);
  return [value, ...grads];
}

/** One example of each kind of arithmetic that the book's models are made of, with its gradients. */
const cases: Readonly<Record<string, Case>> = {
  "a dense layer": () =>
    valueAndSlopes(
      (x, w, b) =>
        x
          .matMul(w as tf.Tensor2D)
          .add(b as tf.Tensor)
          .sigmoid()
          .square(),
      [numbers([7, 5], 1), numbers([5, 3], 2), numbers([3], 3)],
    ),
  "a convolution": () =>
    valueAndSlopes(
      (x, k) =>
        tf
          .conv2d(x as tf.Tensor4D, k as tf.Tensor4D, 1, "same")
          .relu()
          .maxPool([2, 2], 2, "valid")
          .square(),
      [numbers([2, 8, 8, 2], 4), numbers([3, 3, 2, 3], 5)],
    ),
  "a recurrence": () =>
    valueAndSlopes(
      (x, w, u) => {
        let h: tf.Tensor = tf.zeros([2, 4]);
        for (const x_t of tf.unstack(x as tf.Tensor, 1)) {
          h = x_t
            .matMul(w as tf.Tensor2D)
            .add(h.matMul(u as tf.Tensor2D))
            .tanh();
        }
        return h.square();
      },
      [numbers([2, 6, 3], 6), numbers([3, 4], 7), numbers([4, 4], 8)],
    ),
  attention: () =>
    valueAndSlopes(
      (q, k, v) =>
        q
          .matMul(k as tf.Tensor, false, true)
          .div(2)
          .softmax()
          .matMul(v as tf.Tensor)
          .square(),
      [numbers([2, 5, 4], 9), numbers([2, 5, 4], 10), numbers([2, 5, 4], 11)],
    ),
};

/** Relative to the largest number of each tensor; float32 on any backend stays well within. */
const tolerance = 1e-3;

/**
 * Compares the backend's arithmetic, gradients included, with the CPU's. An operation that the backend
 * does not have at all is no failure: a lab that needs it is moved when it throws.
 *
 * @returns null, or a sentence that says what came out wrong
 */
export async function selfTest(runtime: Runtime): Promise<string | null> {
  await import("virtual:tensorflow/cpu");
  for (const [name, make] of Object.entries(cases)) {
    const theirs = await computed(runtime, make);
    if (theirs === null) continue;
    await tf.setBackend("cpu");
    const expected = (await computed(null, make)) ?? [];
    await tf.setBackend(runtime.name);
    for (const [i, ours] of expected.entries()) {
      const difference = largestDifference(theirs[i] ?? [], ours);
      if (!(difference <= tolerance)) {
        return `${name} came out wrong by ${(100 * difference).toPrecision(2)} % on this backend.`;
      }
    }
  }
  return null;
}

async function computed(runtime: Runtime | null, make: Case): Promise<Float32Array[] | null> {
  let tensors: tf.Tensor[];
  try {
    tensors = tf.tidy(make);
  } catch (error) {
    if (
      error instanceof Error &&
      /not (registered|found)|not yet implemented/.test(error.message)
    ) {
      return null;
    }
    throw error;
  }
  try {
    return await Promise.all(
      tensors.map((tensor) =>
        runtime ? runtime.numbers(tensor) : (tensor.data() as Promise<Float32Array>),
      ),
    );
  } finally {
    tf.dispose(tensors);
  }
}

function largestDifference(theirs: ArrayLike<number>, ours: Float32Array): number {
  const scale = Math.max(1e-6, ...ours.map(Math.abs));
  let largest = theirs.length === ours.length ? 0 : Number.NaN;
  for (const [i, value] of ours.entries()) {
    const difference = Math.abs((theirs[i] ?? Number.NaN) - value) / scale;
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
