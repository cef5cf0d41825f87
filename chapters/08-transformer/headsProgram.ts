import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import { paddingMask } from "../../src/models/transformer/masks.ts";
import { stackOf } from "../../src/models/transformer/stack.ts";
import {
  unembedding,
  unembeddingOf,
  unembeddingParameters,
} from "../../src/models/transformer/tokens.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { longest, vocabulary } from "./agreement.ts";
import { headSizes } from "./headsSizes.ts";

/**
 * `tf-heads`: a model that guesses hidden words. Data: `x` [m, T], 0 past the end and 1 where a word is hidden;
 * `y` [m, T], the hidden word, −1 elsewhere. Taps p_word [m, T, V]. With `where`, `good` and `others` (see
 * `askedArrays`) it taps `right` [m], 1 where the words of the right form are likelier together than the others.
 */
export function heads(_config: Config): Program {
  const V = vocabulary.length;
  const { d_model, layers, heads } = headSizes;
  const stack = stackOf(
    "",
    { V, T: longest },
    { d_model, layers, heads, d_ff: 0, norm: "none", biases: false, gated: true, deviation: 1 },
  );
  const logits = (parameters: Tensors, inputs: Tensors, tap: Tap = untapped): tf.Tensor => {
    const x = named(inputs, "x"); // [m, T]
    const M = tap("M", paddingMask(x, 0)); // [m, 1, 1, T]
    const resid = stack.run(parameters, x, { M }, tap); // [m, T, d_model]
    return tap("logits", unembedding(unembeddingOf(parameters, false), resid)); // [m, T, V]
  };
  return {
    parameters: { ...stack.parameters, ...unembeddingParameters(V, d_model, false) },
    forward(parameters, inputs, tap) {
      const z = logits(parameters, inputs, tap);
      const p = tap("p_word", z.softmax()); // [m, T, V]
      if (inputs.where) tap("right", rightOnes(p, inputs));
      return z;
    },
    loss: (parameters, batch, tap) =>
      tap("L", tokenCrossEntropy(logits(parameters, batch, tap), named(batch, "y"))),
  };
}

/** Where the right form is likelier than all wrong ones together: `[m]`, zeros and ones. */
function rightOnes(p: tf.Tensor, inputs: Tensors): tf.Tensor {
  const there = p.mul(named(inputs, "where").expandDims(-1)).sum(1); // [m, V]
  const [good, others] = ["good", "others"].map((name) =>
    there.mul(named(inputs, name)).sum(-1),
  ) as [tf.Tensor, tf.Tensor];
  return good.greater(others).toFloat();
}
