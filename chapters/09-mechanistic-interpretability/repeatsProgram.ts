import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import { type BuiltGpt, type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import { tokenAccuracy, tokenCrossEntropy } from "../../src/training/loss.ts";
import { repeatSizes } from "./repeats.ts";

/**
 * The model of the repeated blocks: so many layers of attention and, if `d_ff` is not 0, a feed-forward layer
 * after each; no norm, no biases, learned positions. `blocks.0.attn.gate` [h, 1, 1] takes heads out.
 * Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits".
 */
export function repeatModel(settings: Pick<GptSettings, "layers" | "d_ff">): BuiltGpt {
  const { V, T, d_model, heads } = repeatSizes;
  return gptOf({
    V,
    T,
    d_model,
    heads,
    norm: "none",
    biases: false,
    gated: true,
    ...settings,
  });
}

/** A model of tokens x [m, T] as a lab's program; y [m, T] are the next tokens, −1 where nobody asks. Tap p [m, T, V]. */
export function nextTokenProgram(model: BuiltGpt): Program {
  const logits = (parameters: Tensors, inputs: Tensors, tap: Tap = untapped): tf.Tensor =>
    model.logits(parameters, named(inputs, "x"), tap);
  return {
    parameters: model.parameters,
    torch: model.torch,
    forward(parameters, inputs, tap) {
      const z = logits(parameters, inputs, tap);
      tap("p", z.softmax()); // [m, T, V]
      return z;
    },
    loss: (parameters, batch, tap) =>
      tap("L", tokenCrossEntropy(logits(parameters, batch, tap), named(batch, "y"))),
    metrics: (parameters, batch) => ({
      accuracy: tokenAccuracy(logits(parameters, batch), named(batch, "y")),
    }),
  };
}
