import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import {
  tokenEmbedding,
  tokenParameters,
  unembedding,
  unembeddingParameters,
} from "../../src/models/transformer/tokens.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { vocabulary } from "./phrases.ts";

/**
 * `mi-bigrams`: a transformer of no layers. Data: x [m, T] tokens, y [m, T] the next ones, −1 past the end. Taps
 * x_0 [m, T, d_model], logits [m, T, V], and W_EU [V, V], what it says after each token.
 * Elhage et al. 2021, "Zero-Layer Transformers".
 */
export function zeroLayers(config: Config): Program {
  const d = Number(config.d);
  const V = vocabulary.length;
  // #region zeroLayers
  function logitsOf(W_E: tf.Tensor, W_U: tf.Tensor, x: tf.Tensor, tap: Tap): tf.Tensor {
    const x_0 = tap("x_0", tokenEmbedding(W_E, x, tap)); // [m, T, d_model]
    return tap("logits", unembedding({ W_U }, x_0)); // [m, T, V]
  }
  // #endregion
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap = untapped) =>
    logitsOf(named(parameters, "W_E"), named(parameters, "W_U"), named(inputs, "x"), tap);
  return {
    parameters: { ...tokenParameters("", V, d, 1), ...unembeddingParameters(V, d, false) },
    forward(parameters, inputs, tap) {
      tap("W_EU", named(parameters, "W_E").matMul(named(parameters, "W_U"))); // [V, V]
      return run(parameters, inputs, tap);
    },
    loss: (parameters, batch, tap) =>
      tap("L", tokenCrossEntropy(run(parameters, batch, tap), named(batch, "y"))),
  };
}
