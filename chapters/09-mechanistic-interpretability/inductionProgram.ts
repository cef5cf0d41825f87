import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf } from "../../src/models/transformer/attention.ts";
import { circuits, composition } from "../../src/models/transformer/circuits.ts";
import { causalMask, maskedSoftmax } from "../../src/models/transformer/masks.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { type Twin, twins } from "./inductionTask.ts";
import { repeatSizes } from "./repeats.ts";
import { repeatModel } from "./repeatsProgram.ts";

const { T, d_head } = repeatSizes;

/** Places early and late in a sequence, from 1, between which the in-context learning score is taken. */
export const [early, late] = [4, T] as const;

const models = {
  two: repeatModel({ layers: 2, d_ff: 0 }),
  one: repeatModel({ layers: 1, d_ff: 0 }),
} as const;

const layersOf = { two: 2, one: 1 } as const satisfies Record<Twin, number>;

/** The parameters of one of the two, under their own names. */
function ofTwin(twin: Twin, parameters: Tensors): Tensors {
  const names = Object.keys(models[twin].parameters);
  return Object.fromEntries(names.map((name) => [name, named(parameters, `${twin}.${name}`)]));
}

/**
 * `mi-induction`: a model of two layers and one of one, trained side by side on the same batches; no parameter
 * occurs in both. Data `x`, `y` [m, T]: see `trainingBlocks`. With `repeat` and `after` (see `examinedBlocks`) it
 * is examined: `measured`. With `weights` nothing runs: the circuit is read off the weights, `read`.
 */
export function induction(_config: Config): Program {
  const each = <R>(
    parameters: Tensors,
    tap: Tap,
    make: (logits: Logits, inner: Tap, twin: Twin) => R,
  ) =>
    twins.map((twin) => {
      const own = ofTwin(twin, parameters);
      return make((x, inner) => models[twin].logits(own, x, inner), within(twin, tap), twin);
    });
  return {
    parameters: Object.fromEntries(
      twins.flatMap((twin) =>
        Object.entries(models[twin].parameters).map(([name, one]) => [`${twin}.${name}`, one]),
      ),
    ),
    parts: twins,
    forward(parameters, inputs, tap) {
      if (inputs.weights) return read(ofTwin("two", parameters), within("two", tap));
      const x = named(inputs, "x"); // [m, T]
      return tf.stack(
        each(parameters, tap, (logits, inner, twin) => {
          if (inputs.after) return measured(logits, layersOf[twin], inputs, inner);
          const z = logits(x, inner);
          inner("p", z.softmax()); // [m, T, V]
          return z;
        }),
      );
    },
    loss(parameters, batch, tap) {
      const [x, y] = [named(batch, "x"), named(batch, "y")]; // [m, T]
      const losses = each(parameters, tap, (logits, inner) =>
        inner("L", tokenCrossEntropy(logits(x, inner), y)),
      );
      return tap("L", tf.addN(losses) as tf.Scalar);
    },
  };
}

type Logits = (x: tf.Tensor, tap: Tap) => tf.Tensor;

/**
 * What the examined sequences say of a model. Taps, each a single number: L (over all letters), L_known (over
 * those that are known), icl, at.1 … at.24 (the loss at each place), previous.1.1, induction.2.1 … (layer,
 * head). Returns the losses by place, [T].
 */
function measured(logits: Logits, layers: number, inputs: Tensors, tap: Tap): tf.Tensor {
  const [x, next, repeat] = ["x", "next", "repeat"].map((name) => named(inputs, name)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const patterns: Record<string, tf.Tensor> = {};
  const surprise = surprises(
    logits(x, (name, value) => {
      const passed = tap(name, value);
      if (name.endsWith(".attn.A")) patterns[name] = passed;
      return passed;
    }),
    next,
  ); // [m, T]
  tap("L", surprise.mean());
  tap("L_known", surprise.mul(repeat).sum().div(repeat.sum()));
  const L_at = surprise.mean(0); // [T]
  const at = tf.unstack(L_at).map((one, t) => tap(`at.${t + 1}`, one));
  tap("icl", (at[late - 1] as tf.Tensor).sub(at[early - 1] as tf.Tensor));
  for (let layer = 0; layer < layers; layer++) {
    const A = patterns[`blocks.${layer}.attn.A`] as tf.Tensor; // [m, h, T, T]
    for (const [kind, of] of Object.entries(headScores(A, named(inputs, "after"), repeat))) {
      for (const [i, one] of tf.unstack(of).entries()) tap(`${kind}.${layer + 1}.${i + 1}`, one);
    }
  }
  return L_at;
}

/** How surprised a model is by each next letter, −ln p: `[m, T, V]` and `[m, T]` give `[m, T]`. */
function surprises(logits: tf.Tensor, next: tf.Tensor): tf.Tensor {
  const V = logits.shape.at(-1) as number;
  return tf.oneHot(next.toInt(), V).toFloat().mul(tf.logSoftmax(logits)).sum(-1).neg();
}

/**
 * How much attention each head pays to the letter just before, and, where the letter has stood before, to the
 * places after it: `[h]` each. The second is Olsson et al.'s prefix matching score.
 */
// #region headScores
function headScores(A: tf.Tensor, after: tf.Tensor, repeat: tf.Tensor) {
  const T = A.shape.at(-1) as number;
  const place = tf.range(0, T);
  const before = place.expandDims(1).sub(1).equal(place).toFloat(); // [T, T]: 1 where the key stands just before
  const toBefore = A.mul(before)
    .sum([2, 3])
    .div(T - 1); // [m, h]
  const toAfter = A.mul(after.expandDims(1)).sum([0, 2, 3]).div(repeat.sum()); // [h]
  return { previous: toBefore.mean(0), induction: toAfter };
}
// #endregion

/**
 * The three steps of the circuit, from the weights of the two layers alone. Taps by_place [h, T, T], how the first
 * layer would attend if only places counted; match [h, h, V, V], the score of each letter (rows) for keys that are
 * marked by a head of the first layer with the letter before them (columns); copy [h, V, V], what looking at a
 * letter (rows) adds to the logit of each; and K_comp [h, h], the K-composition: the second layer's head first.
 */
function read(parameters: Tensors, tap: Tap): tf.Tensor {
  const [W_E, W_P, W_U] = ["W_E", "W_P", "W_U"].map((name) => named(parameters, name)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const first = circuits(attentionOf(parameters, "blocks.0.attn")); // [h, d, d]
  const second = circuits(attentionOf(parameters, "blocks.1.attn")); // [h, d, d]
  const scale = 1 / Math.sqrt(d_head);
  const byPlace = between(W_P, first.W_QK, W_P).mul(scale); // [h, T, T]
  tap("by_place", maskedSoftmax(byPlace, causalMask(T)));
  const [h, d] = first.W_OV.shape as [number, number];
  const W_QK = tf.broadcastTo(second.W_QK.expandDims(1), [h, h, d, d]); // of the second layer
  const W_OV = tf.broadcastTo(first.W_OV.transpose([0, 2, 1]).expandDims(0), [h, h, d, d]); // of the first
  const composed = tf.matMul(W_QK, W_OV); // [h, h, d, d]
  tap("match", between(W_E, composed, W_E).mul(scale)); // [h, h, V, V]
  tap("K_comp", composition(W_QK, W_OV)); // [h, h]
  return tap("copy", between(W_E, second.W_OV, W_U.transpose())); // [h, V, V]
}

/** x W yᵀ for each matrix of a stack: rows x `[a, d]`, W `[…, d, d]`, rows y `[b, d]` give `[…, a, b]`. */
function between(x: tf.Tensor, W: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.matMul(tf.matMul(x, W), y, false, true);
}
