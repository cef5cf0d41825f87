import { named } from "../../src/models/named.ts";
import type { ParameterSpec, Program } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf, multiHead } from "../../src/models/transformer/attention.ts";
import { causalMask } from "../../src/models/transformer/masks.ts";
import type { Config } from "../../src/training/lab.ts";
import { weightShape, weightsByHand, widthOf } from "./headWeights.ts";
import { d_model } from "./words.ts";

/**
 * `tf-attention`: one head on the words of a sentence. Input `x` [T, 7], their vectors; `M` is tapped, zeros and
 * ones. Output Z [1, 1, T, d_k]. Tap J [T]: how far each row of A still follows its scores, the sum of
 * ∂A_ij/∂S_ij = A_ij (1 − A_ij).
 */
export function oneHead({ head, mask, scaled }: Config): Program {
  const name = String(head);
  const width = widthOf(name);
  const byHand = weightsByHand(name);
  const spec = (of: "W_Q" | "W_K" | "W_V"): ParameterSpec => ({
    shape: weightShape(name),
    initial: byHand ? { kind: "values", values: byHand[of] } : { kind: "normal", deviation: 1 },
  });
  return {
    parameters: {
      W_Q: spec("W_Q"),
      W_K: spec("W_K"),
      W_V: spec("W_V"),
      W_O: { shape: [1, width, d_model], initial: { kind: "normal", deviation: 1 } },
    },
    forward(parameters, inputs, tap) {
      const x = named(inputs, "x"); // [T, 7]
      const T = x.shape[0] as number;
      const M = tap("M", mask === "causal" ? causalMask(T) : tf.ones([T, T])); // [T, T]
      let Z: tf.Tensor = x;
      const listening: Tap = (of, value) => {
        const passed = tap(of, value);
        if (of === "A") tap("J", passed.mul(tf.sub(1, passed)).sum(-1).reshape([T])); // [T]
        if (of === "Z") Z = passed;
        return passed;
      };
      const options = { M, scaled: scaled === true };
      multiHead(attentionOf(parameters, ""), x.expandDims(0), options, listening);
      return Z;
    },
  };
}
