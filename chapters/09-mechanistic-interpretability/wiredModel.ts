import { named } from "../../src/models/named.ts";
import type { Tensors } from "../../src/models/program.ts";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import {
  type Attention,
  attention,
  attentionOf,
  rowsTimes,
} from "../../src/models/transformer/attention.ts";
import { causalMask } from "../../src/models/transformer/masks.ts";
import { placesOf } from "../../src/models/transformer/positions.ts";
import { tokenEmbedding, unembedding, unembeddingOf } from "../../src/models/transformer/tokens.ts";
import { readers, readersALayer, writers } from "./wires.ts";

/** Layers of the model. */
const layers = 2;

/** Taps `wires` [6, 13], all ones; a 0 in it cuts a wire. */
export const tappedWires = (tap: Tap): { wires: tf.Tensor; areWhole: boolean } => {
  const whole = tf.ones([writers.length, readers.length]);
  const wires = tap("wires", whole); // [6, 13]
  return { wires, areWhole: wires === whole };
};

/**
 * The two-layer attention-only model, in which each part reads what each part before it wrote over a wire of
 * its own, `wires` [6, 13]: `x` [B, T] gives logits [B, T, V]. With all wires 1 it is the model of `gptOf`.
 */
export function wiredLogits(
  parameters: Tensors,
  x: tf.Tensor,
  wires: tf.Tensor,
  tap: Tap = untapped,
): tf.Tensor {
  const T = x.shape[1] as number;
  const M = tap("M", causalMask(T)); // [T, T]
  const e = tap("e", tokenEmbedding(named(parameters, "W_E"), x)); // [B, T, d]
  const P = tap("P", placesOf(named(parameters, "W_P"), T)); // [T, d]
  const written = [e, P.add(tf.zerosLike(e))]; // each [B, T, d]
  for (let layer = 0; layer < layers; layer++) {
    const own = attentionOf(parameters, `blocks.${layer}.attn`);
    const from = layer * readersALayer;
    const seen = Array.from({ length: readersALayer }, (_, i) => readBy(from + i, written, wires));
    written.push(...heads(own, seen, M, within(`blocks.${layer}.attn`, tap)));
  }
  const resid = readBy(layers * readersALayer, written, wires); // [B, T, d]
  return tap("logits", unembedding(unembeddingOf(parameters, false), resid)); // [B, T, V]
}

/** What a reader reads: the sum of all that has been written, each times its wire. `[B, T, d]`. */
// #region readBy
function readBy(reader: number, written: readonly tf.Tensor[], wires: tf.Tensor): tf.Tensor {
  const wire = (writer: number) => wires.slice([writer, reader], [1, 1]).reshape([]);
  return tf.addN(written.map((out, writer) => out.mul(wire(writer))));
}
// #endregion

/** What each head of a layer writes, [B, T, d] each; `seen` is what its queries, keys and values read, head after head. */
function heads(weights: Attention, seen: readonly tf.Tensor[], M: tf.Tensor, tap: Tap) {
  const read = (kind: number, W: tf.Tensor) =>
    tf.stack(
      tf.unstack(W).map((own, head) => rowsTimes(seen[3 * head + kind] as tf.Tensor, own)),
      1,
    ); // [B, h, T, k]
  const Q = tap("Q", read(0, weights.W_Q));
  const K = tap("K", read(1, weights.W_K));
  const V = tap("V", read(2, weights.W_V));
  const Z = tf.unstack(attention(Q, { K, V }, { M }, tap), 1); // each [B, T, k]
  return tf.unstack(weights.W_O).map((own, head) => rowsTimes(Z[head] as tf.Tensor, own));
}
