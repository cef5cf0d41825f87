import { named } from "../../src/models/named.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf } from "../../src/models/transformer/attention.ts";
import { circuits } from "../../src/models/transformer/circuits.ts";
import { gptOf } from "../../src/models/transformer/gpt.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { longest, vocabulary } from "./phrases.ts";
import { skipSizes, type Twin, twins } from "./skipSizes.ts";

/** A model of one layer, and nothing in it but attention: no positions, no biases, no norm. */
export function oneLayer(heads: number) {
  const { d_model, d_head } = skipSizes;
  return gptOf({
    ...{ V: vocabulary.length, T: longest, layers: 1, d_model, heads, d_head, d_ff: 0 },
    ...{ norm: "none", positions: "none", biases: false, gated: true },
  });
}

const models = { one: oneLayer(1), two: oneLayer(2) } satisfies Record<Twin, unknown>;

/** The parameters of one of the two, under their own names. */
function ofTwin(twin: Twin, parameters: Tensors): Tensors {
  const names = Object.keys(models[twin].parameters);
  return Object.fromEntries(names.map((name) => [name, named(parameters, `${twin}.${name}`)]));
}

/**
 * What a model of one layer is, word by word. Without positions and norms, its logits after any text follow
 * from these tables alone. Elhage et al. 2021, "The path expansion trick", with vectors as rows.
 *
 * Taps direct [V, V]: what a word says of the next; and by head, [h, V, V]: QK_words, how much word i (the row)
 * looks at word j, and OV_words, what a look at word i raises; core [h, d_head, d_head], whose eigenvalues are
 * those of OV_words that are not 0.
 */
// #region expanded
export function expanded(parameters: Tensors, tap: Tap) {
  const [W_E, W_U] = [named(parameters, "W_E"), named(parameters, "W_U")]; // [V, d], [d, V]
  const heads = attentionOf(parameters, "blocks.0.attn");
  const { W_QK, W_OV } = circuits(heads); // [h, d, d]
  const [h, , d_head] = heads.W_Q.shape as [number, number, number];
  const E = tf.tile(W_E.expandDims(0), [h, 1, 1]); // [h, V, d]
  const U = tf.tile(W_U.expandDims(0), [h, 1, 1]); // [h, d, V]
  const direct = tap("direct", W_E.matMul(W_U)); // [V, V]
  const scores = E.matMul(W_QK).matMul(E, false, true); // [h, V, V]
  const QK_words = tap("QK_words", scores.div(Math.sqrt(d_head))); // [h, V, V]
  const OV_words = tap("OV_words", E.matMul(W_OV).matMul(U)); // [h, V, V]
  tap("core", heads.W_O.matMul(U).matMul(E.matMul(heads.W_V))); // [h, d_head, d_head]
  return { direct, QK_words, OV_words };
}
// #endregion

/**
 * `mi-skip`: two models of one layer, with one head and with two, that learn side by side; no parameter occurs
 * in both. Data: x [m, T], y [m, T], −1 past the end. Within one and two: the taps of the model and of
 * `expanded`, and p_next [m, V], what it says after the last word.
 */
export function skipTrigrams(): Program {
  const logits = (twin: Twin, parameters: Tensors, inputs: Tensors, tap: Tap = untapped) =>
    models[twin].logits(ofTwin(twin, parameters), named(inputs, "x"), tap);
  const nextOf = (z: tf.Tensor): tf.Tensor => {
    const [m, T, V] = z.shape as [number, number, number];
    return z
      .slice([0, T - 1, 0], [m, 1, V])
      .reshape([m, V])
      .softmax(); // [m, V]
  };
  return {
    parameters: Object.assign({}, ...twins.map((twin) => inTwin(twin, models[twin].parameters))),
    parts: twins,
    forward(parameters, inputs, tap) {
      const each = twins.map((twin) => {
        const inner = within(twin, tap);
        expanded(ofTwin(twin, parameters), inner);
        const z = logits(twin, parameters, inputs, inner); // [m, T, V]
        inner("p_next", nextOf(z)); // [m, V]
        return z;
      });
      return tf.stack(each); // [2, m, T, V]
    },
    loss(parameters, batch, tap) {
      const each = twins.map((twin) =>
        within(twin, tap)(
          "L",
          tokenCrossEntropy(logits(twin, parameters, batch, within(twin, tap)), named(batch, "y")),
        ),
      );
      return tap("L", tf.addN(each) as tf.Scalar);
    },
  };
}

const inTwin = (
  twin: Twin,
  all: Readonly<Record<string, ParameterSpec>>,
): Record<string, ParameterSpec> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [`${twin}.${name}`, one]));
