import { constantly } from "./stopGradient.ts";
import * as tf from "./tf.ts";

/**
 * A choice among V by their probabilities: the first k with p₀ + … + p_k > u, which is k with probability
 * p_k when u is uniform on [0, 1). The inverse of the cumulative distribution; Devroye 1986, § III.2.
 *
 * `p` is `[B, V]`, `u` is `[B]`; the indices are `[B]`.
 */
// #region sample
export function sample(p: tf.Tensor, u: tf.Tensor): tf.Tensor {
  const below = p.cumsum(1).lessEqual(u.expandDims(1)); // [B, V]: is the sum up to k at most u?
  const k = below.toFloat().sum(1); // [B]
  return k.minimum((p.shape[1] as number) - 1); // rounded, the whole sum may be less than 1
}
// #endregion

/**
 * The choice by u, or without it the likeliest one: `[B, V]` gives `[B]`. No gradient flows through it.
 */
export function chosen(p: tf.Tensor, u?: tf.Tensor): tf.Tensor {
  if (!u) return constantly((of) => of.argMax(-1).toFloat(), p);
  return constantly((of, by) => sample(of, by as tf.Tensor), p, u);
}

/** Which choices are left to chance. */
export interface Restriction {
  /** Only the k likeliest. 0: all. */
  readonly k?: number;
  /** Only the likeliest, as many as together have at least this probability. 1: all. */
  readonly share?: number;
}

/**
 * The probabilities of the likeliest choices alone, made to sum to 1 again; the others are 0. With `k` the k
 * likeliest (Fan, Lewis & Dauphin 2018, § 5.1), with `share` the fewest whose sum reaches it (the nucleus:
 * Holtzman et al. 2020, § 3.1); with both, those that are in both. Of equals at the edge all stay.
 *
 * `p` is `[B, V]`, and so is the result. No gradient flows through it.
 */
// #region restricted
export function restricted(p: tf.Tensor, { k = 0, share = 1 }: Restriction): tf.Tensor {
  const V = p.shape[1] as number;
  const most = k > 0 ? Math.min(Math.floor(k), V) : V;
  if (most === V && share >= 1) return p;
  return constantly((of) => {
    const { values } = tf.topk(of, V); // [B, V], the likeliest first
    const before = values.cumsum(1, true); // [B, V]: what the likelier ones have together
    const rank = tf.range(0, V).expandDims(0); // [1, V]
    const stays = before.less(share).logicalAnd(rank.less(most)).toFloat(); // [B, V]
    const least = values.add(tf.sub(1, stays).mul(2)).min(1, true); // [B, 1], the smallest that stays
    const kept = of.mul(of.greaterEqual(least).toFloat()); // [B, V]
    return kept.div(kept.sum(1, true));
  }, p);
}
// #endregion
