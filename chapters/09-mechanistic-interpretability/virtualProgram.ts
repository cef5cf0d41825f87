import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { attentionOf } from "../../src/models/transformer/attention.ts";
import { circuits, composition } from "../../src/models/transformer/circuits.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenAccuracy, tokenCrossEntropy } from "../../src/training/loss.ts";
import { orthogonal } from "../../src/training/orthogonal.ts";
import { randomStream } from "../../src/training/random.ts";
import { repeatSizes } from "./repeats.ts";
import { repeatModel } from "./repeatsProgram.ts";
import { tappedWires, wiredLogits } from "./wiredModel.ts";
import { readers, type Wire, wireNamed, wires, writers } from "./wires.ts";

/** So many random turns a score is compared with. */
export const turnCount = 50;

/**
 * `mi-virtual`: two layers of attention on repeated blocks, with a wire for every read of a write (see
 * `wiredLogits`). Taps p [m, T, V]; score [6, 13], the composition score of every wire; W_virtual, the chosen
 * wire's weights in the numbers of its ends. With `turned` it taps `by_chance` [100], the chosen wire's score when
 * what is written is turned at random; with `next` [m, T], what comes next, only `right`, the share of letters that are right.
 */
export function virtualWeights(config: Config): Program {
  const chosen = wireNamed(String(config.wire));
  const model = repeatModel({ layers: 2, d_ff: 0 });
  return {
    parameters: model.parameters,
    torch: model.torch,
    forward(parameters, inputs, tap) {
      if (inputs.turned) return tap("by_chance", turnedScores(endsOf(parameters), chosen));
      const z = wiredLogits(parameters, named(inputs, "x"), tappedWires(tap).wires, tap);
      if (inputs.next) return tap("right", tokenAccuracy(z, inputs.next));
      tap("p", z.softmax()); // [m, T, V]
      tap("score", scores(endsOf(parameters))); // [6, 13]
      tap("W_virtual", virtualOf(parameters, chosen));
      return z;
    },
    loss(parameters, batch, tap) {
      const [x, y] = [named(batch, "x"), named(batch, "y")]; // [m, T]
      const { wires, areWhole } = tappedWires(tap);
      // With all wires whole the model that adds up its stream once is the same, and faster.
      const z = areWhole
        ? model.logits(parameters, x, tap)
        : wiredLogits(parameters, x, wires, tap);
      return tap("L", tokenCrossEntropy(z, y));
    },
  };
}

/** What every part writes with, and what it reads with, as wholes. */
interface Ends {
  /** By writer: `[V, d]`, `[T, d]`, and of a head W_OV `[d, d]`. */
  readonly out: readonly tf.Tensor[];
  /** By reader: of a head W_QK, for its keys transposed, and W_OV, `[d, d]`; at last W_U `[d, V]`. */
  readonly into: readonly tf.Tensor[];
}

function endsOf(parameters: Tensors): Ends {
  const heads = [0, 1].flatMap((layer) => {
    const { W_QK, W_OV } = circuits(attentionOf(parameters, `blocks.${layer}.attn`));
    const [qk, ov] = [tf.unstack(W_QK), tf.unstack(W_OV)];
    return qk.map((W, head) => ({ W_QK: W, W_OV: ov[head] as tf.Tensor }));
  });
  return {
    out: [named(parameters, "W_E"), named(parameters, "W_P"), ...heads.map(({ W_OV }) => W_OV)],
    into: [
      ...heads.flatMap(({ W_QK, W_OV }) => [W_QK, W_QK.transpose(), W_OV]),
      named(parameters, "W_U"),
    ],
  };
}

/** The score of every wire; 0 where there is none. `[writers, readers]`. */
function scores({ out, into }: Ends): tf.Tensor {
  const none = tf.scalar(0);
  const each = out.flatMap((W_out, from) =>
    into.map((W_in, to) =>
      wires.some((wire) => wire.from === from && wire.to === to) ? composition(W_out, W_in) : none,
    ),
  );
  return tf.stack(each).reshape([writers.length, readers.length]);
}

/** The score of a wire when what is written is first turned at random, so many times: `[turnCount]`. */
// #region byChance
function turnedScores({ out, into }: Ends, { from, to }: Wire): tf.Tensor {
  const [W_out, W_in] = [out[from] as tf.Tensor, into[to] as tf.Tensor];
  const [n, d] = W_out.shape as [number, number];
  const R = randomTurns(d); // [d, 50·d]: side by side
  const turned = W_out.matMul(R).reshape([n, turnCount, d]).transpose([1, 0, 2]); // [50, n, d]
  const before = tf.tile(W_in.expandDims(0), [turnCount, 1, 1]); // [50, d, m]
  return composition(turned, before);
}
// #endregion

let turns: Float32Array | undefined;

/** The same random turns each time, side by side. */
function randomTurns(d: number): tf.Tensor {
  turns ??= sideBySide(
    Array.from({ length: turnCount }, (_, i) =>
      orthogonal(d, d, randomStream(1, `turn ${i}`).normal),
    ),
    d,
  );
  return tf.tensor2d(turns, [d, turnCount * d]);
}

function sideBySide(matrices: readonly Float32Array[], d: number): Float32Array {
  return Float32Array.from({ length: d * matrices.length * d }, (_, at) => {
    const [row, column] = [Math.floor(at / (matrices.length * d)), at % (matrices.length * d)];
    return matrices[Math.floor(column / d)]?.[row * d + (column % d)] ?? 0;
  });
}

/**
 * The weights of a wire in the numbers of its ends: what is written is a letter, a place, or one of a head's
 * values; what is read is one of a head's queries, keys or values, or a logit.
 */
// #region virtualOf
function virtualOf(parameters: Tensors, { from, to }: Wire): tf.Tensor {
  const { layer, head, kind } = at(to);
  const W_in = kind === "U" ? named(parameters, "W_U") : headOf(parameters, layer, head, kind); // [d, m]
  return tf.matMul(writingOf(parameters, from), W_in); // [n, m]
}
// #endregion

function writingOf(parameters: Tensors, from: number): tf.Tensor {
  if (from < 2) return named(parameters, from === 0 ? "W_E" : "W_P");
  const head = from - 2;
  return headOf(parameters, Math.floor(head / repeatSizes.heads), head % repeatSizes.heads, "O");
}

/** One head's matrix, both numbers from 0. */
function headOf(parameters: Tensors, layer: number, head: number, kind: string): tf.Tensor {
  const W = named(parameters, `blocks.${layer}.attn.W_${kind}`);
  const [, ...shape] = W.shape as [number, number, number];
  return W.slice([head, 0, 0], [1, ...shape]).reshape(shape);
}

function at(to: number): { layer: number; head: number; kind: string } {
  const { head, kind, layer } = readers[to] ?? { head: "", kind: "U", layer: 3 };
  return { layer: layer - 1, head: Number(head.slice(2)) - 1, kind };
}
