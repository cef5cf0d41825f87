import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { chosen, restricted } from "../../src/models/sampling.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { bookGpt } from "../../src/models/transformer/bookGpt.ts";
import type { Cache } from "../../src/models/transformer/cache.ts";
import { type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { tokensIn } from "./gptData.ts";

/**
 * `tf-gpt`. Data: `x` [B, T], tokens, and `y` [B, T], the token after each.
 *
 * With `t`, a place, the next token after it is chosen besides: by `u` [1], uniform, or without it the
 * likeliest. Taps p and kept [V], y_next, and the keys and values of all tokens, cache.K and cache.V
 * [layers, 1, h, T, d_head]. With these as `K` and `V`, and `token` [1] in place of `x`, only the token at
 * place t is read.
 */
export function gptLab(config: Config): Program {
  return writingGpt({ ...bookGpt(tokensIn(config).pairs.tokens.length), gated: true }, config);
}

/** A decoder-only model of any size that reads a text and chooses what comes next. */
export function writingGpt(settings: GptSettings, config: Config): Program {
  const gpt = gptOf(settings);
  const { V, layers } = gpt.sizes;
  const [tau, k, share] = [Number(config.tau), Number(config.k), Number(config.share)];

  const next = (logits: tf.Tensor, inputs: Tensors, tap: Tap) => {
    // #region nextToken
    const p = tap("p", logits.div(tau).softmax().squeeze([0])); // [V]
    const kept = tap("kept", restricted(p.expandDims(0), { k, share }).squeeze([0])); // [V]
    tap("y_next", chosen(kept.expandDims(0), inputs.u)); // [1]
    // #endregion
  };
  const remember = (cache: Cache, tap: Tap) => {
    tap("cache.K", tf.stack(cache.map(({ K }) => K))); // [layers, 1, h, T, d_head]
    tap("cache.V", tf.stack(cache.map(({ V: values }) => values))); // [layers, 1, h, T, d_head]
  };
  const readAll = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const { logits, cache } = gpt.begin(parameters, named(inputs, "x"), tap);
    const T = logits.shape[1] as number;
    const here = tf.range(0, T).equal(named(inputs, "t")).toFloat().expandDims(0); // [1, T]: 1 at place t
    next(here.matMul(logits.reshape([T, V])), inputs, tap);
    remember(cache, tap);
    return logits;
  };
  const readOne = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const [K, values] = [named(inputs, "K").unstack(), named(inputs, "V").unstack()];
    const before = Array.from({ length: layers }, (_, i) => ({
      K: K[i] as tf.Tensor,
      V: values[i] as tf.Tensor,
    }));
    const { logits, cache } = gpt.step(
      parameters,
      named(inputs, "token"),
      named(inputs, "t"),
      before,
      tap,
    );
    next(logits, inputs, tap);
    remember(cache, tap);
    return logits;
  };

  return {
    parameters: gpt.parameters,
    torch: gpt.torch,
    forward(parameters, inputs, tap) {
      if (inputs.token) return readOne(parameters, inputs, tap);
      if (inputs.t) return readAll(parameters, inputs, tap);
      return gpt.logits(parameters, named(inputs, "x"), tap);
    },
    loss(parameters, batch, tap) {
      // #region nextTokenLoss
      const logits = gpt.logits(parameters, named(batch, "x"), tap); // [B, T, V]
      return tap("L", tokenCrossEntropy(logits, named(batch, "y")));
      // #endregion
    },
  };
}
