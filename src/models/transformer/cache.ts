import * as tf from "../tf.ts";
import type { KeysAndValues } from "./attention.ts";
import type { StackContext } from "./stack.ts";

/** The keys and values of every layer, `[B, h, T, d_head]` each; places that no token has taken yet hold anything. */
export type Cache = readonly KeysAndValues[];

/** What a model says, and the cache after it has said it. */
export interface Cached {
  readonly logits: tf.Tensor;
  readonly cache: Cache;
}

/** A cache of zeros for so many sequences of at most T tokens. */
export function emptyCache(
  sequences: number,
  { T, layers, heads, d_head }: Readonly<Record<"T" | "layers" | "heads" | "d_head", number>>,
): Cache {
  const zeros = () => tf.zeros([sequences, heads, T, d_head]);
  return Array.from({ length: layers }, () => ({ K: zeros(), V: zeros() }));
}

/** Runs tokens through a stack, and keeps the keys and values of their places, filled up to T with zeros. */
export function filledCache(
  T: number,
  run: (remember: NonNullable<StackContext["remember"]>) => tf.Tensor,
): { readonly resid: tf.Tensor; readonly cache: Cache } {
  const cache: KeysAndValues[] = [];
  const filled = (x: tf.Tensor) => {
    const missing = T - (x.shape[2] as number);
    return x.pad([
      [0, 0],
      [0, 0],
      [0, missing],
      [0, 0],
    ]);
  };
  const resid = run((layer, made) => {
    cache[layer] = { K: filled(made.K), V: filled(made.V) };
    return made;
  });
  return { resid, cache };
}

/**
 * One token more, at place t: of it alone a query, a key and a value are made; the key and the value take
 * their place in the cache, and the query looks at the places up to t. The result is the row that the
 * whole sequence would give, since under a causal mask no earlier key or value depends on a later token.
 *
 * The cache keeps its shape, so every step calls the same kernels, on whatever t.
 */
// #region cache
export function cachedStep(
  T: number,
  t: number | tf.Tensor,
  cache: Cache,
  run: (context: StackContext) => tf.Tensor,
): { readonly resid: tf.Tensor; readonly next: Cache } {
  const next: KeysAndValues[] = [];
  const places = tf.range(0, T); // [T]
  const here = places.equal(t).toFloat(); // [T]: 1 at place t
  const M = places.lessEqual(t).toFloat().expandDims(0); // [1, T]: the keys up to it
  const slot = here.expandDims(1); // [T, 1]
  const put = (old: tf.Tensor, made: tf.Tensor) => old.mul(tf.sub(1, slot)).add(made.mul(slot)); // [B, h, T, d_head]
  const resid = run({
    M,
    places: (table) =>
      here
        .slice([0], [table.shape[0] as number])
        .expandDims(0)
        .matMul(table), // [1, d_model]
    remember(layer, { K, V }) {
      const before = cache[layer] as KeysAndValues;
      next[layer] = { K: put(before.K, K), V: put(before.V, V) };
      return next[layer];
    },
  });
  return { resid, next };
}
// #endregion
