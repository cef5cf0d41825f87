import { chosen, type Restriction, restricted } from "../sampling.ts";
import { type Tap, untapped, within } from "../tap.ts";
import * as tf from "../tf.ts";

/** A model that is given one token more: what it says next, and what it must remember for the one after. */
export interface Continued<Memory> {
  readonly logits: tf.Tensor;
  readonly cache: Memory;
}

/** How a model continues sequences, B at a time. */
export interface Continuing<Memory> {
  /** What it says after one more token each, `[B]`, at place t. Logits `[B, V]`. */
  step(token: tf.Tensor, t: number, cache: Memory, tap: Tap): Continued<Memory>;
  /** What it remembers of the tokens before the first. */
  readonly cache: Memory;
  /** The token that is read first, `[B]`. */
  readonly first: tf.Tensor;
  /** The place of the first token. Default: 0. */
  readonly from?: number;
  /** How many tokens to write. */
  readonly steps: number;
}

export interface TokenWriting<Memory> extends Continuing<Memory>, Restriction {
  /** A uniform number on [0, 1) for each choice, `[B, steps]`. Without them the likeliest token is taken. */
  readonly u?: tf.Tensor | undefined;
  /** τ in softmax(logits / τ), above 0: below 1 bolder, above 1 more even. Default 1. */
  readonly temperature?: number | tf.Tensor;
}

/**
 * Writes one token after the other, each read as the next: p = softmax(logits / τ), of which k or a share
 * may be left to choose from; a token drawn from p, and on. Without random numbers it is greedy.
 *
 * Returns the tokens `[B, steps]` and the logits `[B, steps, V]`. Taps, at each step, those of the model and
 * logits, p and kept `[B, V]`, and y `[B]`, the token's number: steps.1.p, ….
 */
// #region writeTokens
export function writeTokens<Memory>(writing: TokenWriting<Memory>, tap = untapped) {
  const { step, first, from = 0, steps, u, temperature = 1 } = writing;
  const draws = u?.unstack(1); // [B] each
  const said: tf.Tensor[] = [];
  const tokens: tf.Tensor[] = [];
  let [token, cache] = [first, writing.cache];
  for (let i = 0; i < steps; i++) {
    const inner = within(`steps.${i + 1}`, tap);
    const next = step(token, from + i, cache, inner);
    cache = next.cache;
    const p = inner("p", next.logits.div(temperature).softmax()); // [B, V]
    const kept = inner("kept", restricted(p, writing)); // [B, V]
    token = inner("y", chosen(kept, draws?.[i])); // [B]
    said.push(next.logits);
    tokens.push(token);
  }
  return { y: tf.stack(tokens, 1), logits: tf.stack(said, 1), cache };
}
// #endregion

/**
 * The same step without keys and values: the whole text is read again for each token. What it remembers is
 * the text, `[B, T]`, its future zeros, which the causal mask hides.
 *
 * @param read the logits at every place of a text: `[B, T]` gives `[B, T, V]`
 */
// #region rereading
export function rereading(read: (tokens: tf.Tensor, tap: Tap) => tf.Tensor) {
  return (token: tf.Tensor, t: number, text: tf.Tensor, tap: Tap): Continued<tf.Tensor> => {
    const [B, T] = text.shape as [number, number];
    const here = tf.range(0, T).equal(t).toFloat(); // [T]: 1 at place t
    const tokens = text.mul(tf.sub(1, here)).add(token.expandDims(1).mul(here)); // [B, T]
    const logits = read(tokens, tap); // [B, T, V]
    const V = logits.shape[2] as number;
    return { logits: logits.slice([0, t, 0], [B, 1, V]).squeeze([1]), cache: tokens };
  };
}
// #endregion
