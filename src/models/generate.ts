import type { Cell, State } from "./cell.ts";
import { chosen } from "./sampling.ts";
import { freeRun, stackSteps, type Unrolled } from "./sequence.ts";
import { type Tap, untapped, within } from "./tap.ts";
import * as tf from "./tf.ts";

/** How a model writes. */
export interface Writing {
  /** The word that is read first, `[B]`: it is not part of what is written. */
  readonly first: tf.Tensor;
  /** How many words to write. */
  readonly steps: number;
  /** The input that stands for a word: `[B]` gives `[B, I]`. */
  embed(word: tf.Tensor, tap: Tap): tf.Tensor;
  /** What a hidden state says of the next word: `[B, H]` gives `[B, V]`. */
  logits(h: tf.Tensor): tf.Tensor;
  readonly initial?: State;
  /** A uniform number on [0, 1) for each choice, `[B, steps]`. Without them the likeliest word is taken. */
  readonly u?: tf.Tensor;
  /** τ in softmax(logits / τ), above 0: below 1 bolder, above 1 more even. Default 1. */
  readonly temperature?: number | tf.Tensor;
}

export interface Written extends Unrolled {
  /** The words' indices, `[B, steps]`. */
  readonly y: tf.Tensor;
  /** `[B, steps, V]`. */
  readonly logits: tf.Tensor;
}

/**
 * Writes one word after the other, each read as the next input: p = softmax(logits / τ), a word drawn
 * from p, and on. No gradient flows through a choice.
 *
 * Taps besides the cell's, at each step: logits and p `[B, V]`, and y `[B]`, the chosen word's index.
 * Graves 2013, § 2; the temperature: Ackley, Hinton & Sejnowski 1985, eq. 5.
 */
// #region generate
export function generate(cell: Cell, writing: Writing, tap = untapped): Written {
  const { first, steps, embed, u, temperature = 1 } = writing;
  const draws = u?.unstack(1); // [B] each
  const said: tf.Tensor[] = [];
  const words: tf.Tensor[] = [];
  const next = (h: tf.Tensor, t: number, step: Tap) => {
    const logits = step("logits", writing.logits(h)); // [B, V]
    const p = step("p", logits.div(temperature).softmax()); // [B, V]
    const word = step("y", chosen(p, draws?.[t - 1])); // [B]
    said.push(logits);
    words.push(word);
    return embed(word, within("next", step)); // [B, I]
  };
  const x_1 = embed(first, within("first", tap)); // [B, I]
  const initial = writing.initial && { initial: writing.initial };
  const unrolled = freeRun(cell, x_1, steps, next, initial, tap);
  return { ...unrolled, y: tf.stack(words, 1), logits: stackSteps(said) };
}
// #endregion
