import { untapped, within } from "../tap.ts";
import * as tf from "../tf.ts";
import type { KeysAndValues } from "./attention.ts";
import type { Cache } from "./cache.ts";
import type { Continuing } from "./writing.ts";

/** Less than any sentence's log probability. */
const impossible = -30_000;

export interface BeamSearching extends Omit<Continuing<Cache>, "first"> {
  /** How many beginnings are kept at each step. The cache is for so many sequences. */
  readonly width: number;
  /** The token that is read first. */
  readonly first: number;
  /** The token that ends a sequence. */
  readonly end: number;
}

/** What became of the beams at one step, `[width]` each, the likeliest first. */
export interface BeamStep {
  /** The token that each beam took. */
  readonly token: tf.Tensor;
  /** Which beam of the step before it goes on from. */
  readonly parent: tf.Tensor;
  /** Its log probability so far: the sum of those of its tokens. */
  readonly score: tf.Tensor;
}

/**
 * Beam search: of all continuations of all beams by one token, the likeliest so many go on. A beam that has
 * ended stays as it is, with the probability that it ended with. Width 1 is greedy.
 *
 * Taps, at each step, those of the model, log_p `[width, V]` (ln p of each beam's next token, before the
 * step), token, parent and score `[width]`: `beamTree` makes a tree of them. Lowerre 1976; for translation
 * Sutskever, Vinyals & Le 2014, § 3.2.
 */
// #region beamSearch
export function beamSearch(
  { step, cache, first, from = 0, steps, width, end }: BeamSearching,
  tap = untapped,
): BeamStep[] {
  let state = cache;
  let token: tf.Tensor = tf.fill([width], first); // [width]
  let ended: tf.Tensor = tf.zeros([width]); // [width]
  // At first there is one beam.
  let score: tf.Tensor = tf.range(0, width).minimum(1).mul(impossible); // [width]
  return Array.from({ length: steps }, (_, i) => {
    const inner = within(`steps.${i + 1}`, tap);
    const next = step(token, from + i, state, inner);
    const V = next.logits.shape[1] as number;
    const log_p = inner("log_p", whereEnded(next.logits.logSoftmax(), ended, end)); // [width, V]
    const sums = score
      .expandDims(1)
      .add(log_p)
      .reshape([width * V]);
    const { values, indices } = tf.topk(sums, width);
    const parent = inner("parent", indices.toFloat().add(0.5).div(V).floor()); // [width]
    token = inner("token", indices.toFloat().sub(parent.mul(V))); // [width]
    score = inner("score", values); // [width]
    const order = parent.toInt();
    ended = ended.gather(order).maximum(token.equal(end).toFloat());
    state = next.cache.map((layer) => reordered(layer, order));
    return { token, parent, score };
  });
}
// #endregion

/** After its end a sequence goes on with the end alone, which costs nothing. */
function whereEnded(log_p: tf.Tensor, ended: tf.Tensor, end: number): tf.Tensor {
  const V = log_p.shape[1] as number;
  const onlyEnd = tf
    .oneHot(tf.tensor1d([end], "int32"), V)
    .toFloat()
    .sub(1)
    .mul(-impossible); // [1, V]
  const has = ended.expandDims(1); // [width, 1]
  return log_p.mul(tf.sub(1, has)).add(onlyEnd.mul(has));
}

function reordered({ K, V }: KeysAndValues, order: tf.Tensor): KeysAndValues {
  return { K: K.gather(order), V: V.gather(order) };
}
