import { storyVocabulary } from "../../src/data/tokenCorpus.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { overhearing } from "../../src/models/hooks.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import {
  logitLens,
  readingDirection,
  throughTokens,
} from "../../src/models/transformer/attribution.ts";
import { bookGpt } from "../../src/models/transformer/bookGpt.ts";
import { gptOf } from "../../src/models/transformer/gpt.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { stages } from "./lensText.ts";

/** Below every logit. */
const never = 1e6;

/**
 * `mi-lens`: the GPT of the chapter on transformers, read in the middle of its work. `x` [1, T]: tokens; `t`: a
 * place; `token`: the one that is asked about, −1 for the likeliest there; `against`: the one it is held against,
 * −1 for the next likeliest, −2 for the mean of all.
 *
 * Taps lens and lens_p [stages, T, V], what the stream says at every stage; asked [2], the two tokens (−2: the mean
 * of all); dla [writers] and through [layers, h, T], what its logit, less the
 * other's, is made of; ell, that difference as the model has it.
 */
export function logitLensOfGpt(_config: Config): Program {
  const V = storyVocabulary;
  const gpt = gptOf({ ...bookGpt(V), gated: true });
  return {
    parameters: gpt.parameters,
    torch: gpt.torch,
    forward(parameters, inputs, tap) {
      const x = named(inputs, "x"); // [1, T]
      const T = x.shape[1] as number;
      const { tap: listening, heard } = overhearing(tap);
      const logits = gpt.logits(parameters, x, listening); // [1, T, V]
      const of = (name: string) => named(heard, name);
      const norm_f = {
        gamma: named(parameters, "norm_f.gamma"),
        beta: named(parameters, "norm_f.beta"),
      };
      const W_U = named(parameters, "W_E").transpose(); // [d, V]
      const resid = tf.concat(stages.map((stage) => of(stage.tap))); // [stages, T, d]
      const lens = tap("lens", logitLens(norm_f, W_U, resid)); // [stages, T, V]
      tap("lens_p", lens.softmax()); // [stages, T, V]

      // A one-hot row has at least two places; a text may have one.
      const t = tf.range(0, T).equal(named(inputs, "t")).toFloat().expandDims(0); // [1, T]
      const at = (h: tf.Tensor) => t.matMul(h.reshape([T, -1])).squeeze([0]); // [d], of [1, T, d]
      const here = at(logits); // [V]
      const token = named(inputs, "token");
      const is = oneHot(tf.where(token.less(0), here.argMax().toFloat(), token), V); // [V]
      const next = here.sub(is.mul(never)).argMax().toFloat(); // []
      const wanted = named(inputs, "against");
      const other = tf.where(wanted.equal(-1), next, wanted); // [], −2: the mean
      const mean = other.less(0).toFloat();
      const against = oneHot(other, V).add(mean.div(V)); // [V]
      tap("asked", tf.stack([is.argMax().toFloat(), other])); // [2]

      // #region directAttribution
      const u = W_U.matMul(is.sub(against).expandDims(1)).squeeze([1]); // [d]
      const w = tap("w", readingDirection(norm_f, u, at(of("norm_f.sigma2")))); // [d]
      const layers = Array.from({ length: gpt.sizes.layers }, (_, i) => `blocks.${i}`);
      const through = layers.map((block) =>
        throughTokens(headRun(parameters, of, block), w, t.squeeze([0])),
      );
      const written = (vector: tf.Tensor) => vector.mul(w).sum().expandDims(0); // [1]
      const parts = [
        written(at(of("e"))),
        written(at(of("P"))),
        ...layers.flatMap((block, i) => [
          (through[i] as tf.Tensor).sum(-1), // [h]
          written(named(parameters, `${block}.attn.b_O`)),
          written(at(of(`${block}.ffn.out`))),
        ]),
        norm_f.beta.mul(u).sum().expandDims(0),
      ];
      tap("dla", tf.concat(parts)); // [writers]
      // #endregion
      tap("through", tf.stack(through)); // [layers, h, T]
      tap("ell", here.mul(is.sub(against)).sum()); // []
      return logits;
    },
    loss: (parameters, batch, tap) =>
      tap(
        "L",
        tokenCrossEntropy(gpt.logits(parameters, named(batch, "x"), tap), named(batch, "y")),
      ),
  };
}

function headRun(parameters: Tensors, of: (name: string) => tf.Tensor, block: string) {
  return {
    A: of(`${block}.attn.A`).mul(of(`${block}.attn.gate`)),
    V: of(`${block}.attn.V`),
    W_O: named(parameters, `${block}.attn.W_O`),
  };
}
