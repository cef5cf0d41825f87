import { named } from "../../src/models/named.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf, multiHead } from "../../src/models/transformer/attention.ts";
import { bothMasks, causalMask, paddingMask } from "../../src/models/transformer/masks.ts";
import type { Config } from "../../src/training/lab.ts";
import type { AttentionConfig } from "./attentionLab.ts";
import { weightShape, weightsByHand, widthOf } from "./headWeights.ts";
import { d_model } from "./words.ts";

/**
 * `tf-attention`: one head on the words of a sentence. Input `x` [T, 7], their vectors; `filled` [T], 1 where
 * there is a word and 0 where there is filling; `G` [T, d_k], the gradient that what comes after the head
 * sends back to Z. Taps the mask M [T, T], zeros and ones. Output Z [1, 1, T, d_k]. The loss is the sum of Z ⊙ G,
 * whose gradient at Z is G.
 */
export function oneHead(config: Config): Program {
  const { head, d_k, mask, scaled } = config as unknown as AttentionConfig;
  const byHand = weightsByHand(head);
  const spec = (of: "W_Q" | "W_K" | "W_V"): ParameterSpec => ({
    shape: weightShape({ head, d_k }),
    // The vector of a word has length √2, so that with this the numbers of a query have variance 1.
    initial: byHand
      ? { kind: "values", values: byHand[of] }
      : { kind: "normal", deviation: Math.SQRT1_2 },
  });
  const forward = (parameters: Tensors, inputs: Tensors, tap: Tap): tf.Tensor => {
    const x = named(inputs, "x"); // [T, 7]
    const T = x.shape[0] as number;
    const ahead = mask === "causal" || mask === "both" ? causalMask(T) : undefined; // [T, T]
    const tokens = named(inputs, "filled").expandDims(0); // [1, T]
    const words = mask === "padding" || mask === "both" ? paddingMask(tokens, 0) : undefined; // [1, 1, 1, T]
    const allowed = bothMasks(ahead, words)?.mul(tf.ones([1, 1, T, T])) ?? tf.ones([1, 1, T, T]);
    const M = tap("M", allowed.reshape([T, T])); // [T, T]
    let Z: tf.Tensor = x;
    const listening: Tap = (of, value) => {
      const passed = tap(of, value);
      if (of === "Z") Z = passed;
      return passed;
    };
    multiHead(attentionOf(parameters, ""), x.expandDims(0), { M, scaled }, listening);
    return Z; // [1, 1, T, d_k]
  };
  return {
    parameters: {
      W_Q: spec("W_Q"),
      W_K: spec("W_K"),
      W_V: spec("W_V"),
      W_O: {
        shape: [1, widthOf({ head, d_k }), d_model],
        initial: { kind: "normal", deviation: 1 },
      },
    },
    forward,
    loss: (parameters, batch, tap) =>
      tap("L", forward(parameters, batch, tap).mul(named(batch, "G")).sum<tf.Scalar>()),
  };
}
