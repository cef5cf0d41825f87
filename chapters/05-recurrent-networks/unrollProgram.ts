import {
  embedding,
  embeddingOf,
  embeddingParameters,
  embeddingTorch,
  oneHot,
} from "../../src/models/embedding.ts";
import { linear, linearTorch } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { rnnCell, rnnOf, rnnParameters, rnnTorch } from "../../src/models/rnn.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import { vocabulary } from "./sentences.ts";
import { dimensions, units } from "./unrollLab.ts";

const words = vocabulary.length;

/**
 * `rnn-unroll`: the next word. Data: `x` and `next`, [B, T] numbers of words, −1 where a sentence has
 * ended; `x` alone is enough to read a sentence. Output y [B, T, V]: after each word, a probability for
 * every word that may come. Loss: the mean cross-entropy over all words that do come. Elman 1990.
 */
export function nextWord(): Program {
  const logits = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const W_y = named(parameters, "W_y"); // [V, H]
    const b_y = named(parameters, "b_y"); // [V]
    const x = embedding(embeddingOf(parameters, ""), named(inputs, "x"), tap); // [B, T, D]
    const cell = rnnCell(rnnOf(parameters, ""));
    // #region nextWord
    const { states } = unroll(cell, x, {}, tap);
    const z = readSteps(states, (h) => linear({ W: W_y, b: b_y }, h), tap, "z"); // [B, T, V]
    const y = tap("y", z.softmax()); // [B, T, V]
    // #endregion
    return { z, y };
  };
  return {
    parameters: {
      ...embeddingParameters("", words, dimensions, { kind: "normal", deviation: 0.3 }),
      ...rnnParameters("", dimensions, units, { weights: "identity" }),
      W_y: { shape: [words, units], initial: { kind: "xavier", fanIn: units, fanOut: words } },
      b_y: { shape: [words], initial: { kind: "constant", value: 0 } },
    },
    torch: [
      ...embeddingTorch("", "embedding"),
      ...rnnTorch("", "rnn"),
      ...linearTorch("head", "W_y", "b_y"),
    ],
    forward: (parameters, inputs, tap) => logits(parameters, inputs, tap).y,
    loss: (parameters, batch, tap) => {
      const { z } = logits(parameters, batch, tap);
      // #region stepLosses
      const next = oneHot(named(batch, "next"), words); // [B, T, V]; zeros after the end
      const L_t = next.mul(z.logSoftmax()).sum(-1).neg(); // [B, T]
      return tap("L", L_t.sum().div(next.sum()) as tf.Scalar);
      // #endregion
    },
  };
}
