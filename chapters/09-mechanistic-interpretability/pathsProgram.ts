import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf } from "../../src/models/transformer/attention.ts";
import { causalMask } from "../../src/models/transformer/masks.ts";
import {
  alongPaths,
  headsOneByOne,
  type PathHead,
  pathExpansion,
} from "../../src/models/transformer/paths.ts";
import { placesOf } from "../../src/models/transformer/positions.ts";
import { tokenEmbedding } from "../../src/models/transformer/tokens.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { nextTokenProgram, repeatModel } from "./repeatsProgram.ts";

/**
 * `mi-paths`: the two-layer model of repeated blocks, run as it is, and once more path by path. Within `paths`
 * it taps what `pathExpansion` does, and kept `[P]` (ones: 0 takes a path out), logits `[B, T, V]` (the sum of
 * what is kept), error (the largest distance of that from the model's own logits) and p.
 *
 * Inputs `x` [m, T]: taps along `[P, B, T, T]`, how much of each place comes to each on a path, and table
 * `[P, V + T, V]`, what a path makes of each token, and below of each place. With `next` [m, T], the letters that
 * follow, it taps instead L, the loss of what is kept, and L_without `[P]`, the same without each path.
 */
export function paths(config: Config): Program {
  const model = repeatModel({ layers: 2, d_ff: 0 });
  const whole = nextTokenProgram(model);
  return {
    ...whole,
    forward(parameters, inputs, tap) {
      const z = whole.forward(parameters, inputs, tap); // [m, T, V]
      const said = expanded(parameters, inputs, config.apart === true, within("paths", tap));
      tap("paths.error", said.sub(z).abs().max());
      return z;
    },
  };
}

function expanded(parameters: Tensors, inputs: Tensors, isApart: boolean, tap: Tap): tf.Tensor {
  const layers = [0, 1].map((l) => headsOneByOne(attentionOf(parameters, `blocks.${l}.attn`)));
  const W_U = named(parameters, "W_U");
  const x = named(inputs, "x"); // [B, T]
  const T = x.shape[1] as number;
  const starts = startsOf(parameters, x, isApart);
  const { terms, patterns } = pathExpansion({ layers, W_U }, starts, causalMask(T), tap);
  const P = terms.shape[0] as number;
  // #region keptPaths
  const kept = tap("kept", tf.ones([P]));
  const shown = terms.mul(kept.reshape([P, 1, 1, 1])); // [P, B, T, V]
  const logits = tap("logits", shown.sum(0)); // [B, T, V]
  // #endregion
  tap("p", logits.softmax());
  if (inputs.next) {
    const y = inputs.next; // [B, T]
    tap("L", tokenCrossEntropy(logits, y));
    const without = tf.unstack(shown).map((term) => tokenCrossEntropy(logits.sub(term), y));
    tap("L_without", tf.stack(without)); // [P]
  } else {
    const stays = tf
      .eye(T)
      .expandDims(0)
      .tile([x.shape[0] as number, 1, 1]); // [B, T, T]
    tap(
      "along",
      composed(
        patterns,
        Array.from(starts, () => stays),
      ),
    );
    tap("table", tables(parameters, layers, T, isApart));
  }
  return logits;
}

/** What the paths start from: the sum of the token's row and its place's, or each of the two. `[B, T, d_model]`. */
function startsOf(parameters: Tensors, x: tf.Tensor, isApart: boolean): tf.Tensor[] {
  const e = tokenEmbedding(named(parameters, "W_E"), x); // [B, T, d_model]
  const P = placesOf(named(parameters, "W_P"), x.shape[1] as number); // [T, d_model]
  return isApart ? [e, tf.zerosLike(e).add(P)] : [e.add(P)];
}

/** Of each path the product of its heads' attention, the last head's first, applied to these starts: `[P, B, T, T]`. */
function composed(
  patterns: readonly (readonly tf.Tensor[])[],
  starts: readonly tf.Tensor[],
): tf.Tensor {
  const layers = patterns.map((heads) => heads.map((A) => (share: tf.Tensor) => A.matMul(share)));
  return tf.stack(alongPaths(starts, layers));
}

/** Of each path W_OV … W_OV W_U, taken over the rows of W_E, and below those of W_P: `[P, V + T, V]`. */
function tables(
  parameters: Tensors,
  layers: readonly PathHead[][],
  T: number,
  isApart: boolean,
): tf.Tensor {
  const W_E = named(parameters, "W_E"); // [V, d_model]
  const W_P = placesOf(named(parameters, "W_P"), T); // [T, d_model]
  const starts = isApart
    ? [tf.concat([W_E, tf.zerosLike(W_P)]), tf.concat([tf.zerosLike(W_E), W_P])]
    : [tf.concat([W_E, W_P])]; // [V + T, d_model]
  const carries = layers.map((heads) => heads.map((head) => (x: tf.Tensor) => x.matMul(head.W_OV)));
  const rows = alongPaths<tf.Tensor>(starts, carries);
  return tf.stack(rows.map((x) => x.matMul(named(parameters, "W_U"))));
}
