import { overhearing } from "../../src/models/hooks.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { rowsTimes } from "../../src/models/transformer/attention.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenAccuracy, tokenCrossEntropy } from "../../src/training/loss.ts";
import { orthogonal } from "../../src/training/orthogonal.ts";
import { randomStream } from "../../src/training/random.ts";
import { repeatSizes } from "./repeats.ts";
import { repeatModel } from "./repeatsProgram.ts";
import { units } from "./streamParts.ts";

const { d_model, heads, d_head } = repeatSizes;
const layers = 2;

/**
 * `mi-stream`: two layers with a feed-forward layer each, on repeated blocks. Data as `repeats` gives it. The
 * stream and the hidden layers stand in coordinates that are turned by so many degrees. Taps: writes
 * [8, B, T, d], what each part adds to the stream; c [8, B, T, V], what that adds to each logit; R [d, d]; change,
 * the most by which a logit differs from that of the model without turned coordinates; with `next` [B, T], what comes next, only `right`.
 */
export function residualStream(config: Config): Program {
  const { turn, hidden } = config as { turn: number; hidden: number };
  const model = repeatModel({ layers, d_ff: units });
  const coordinates = (given: Tensors, tap: Tap): Tensors => {
    const R = tap("R", rotation(d_model, turn)); // [d, d]
    const H = rotation(units, hidden); // [d_ff, d_ff]
    const inHidden = hidden === 0 ? given : hiddenTurned(given, H);
    return turn === 0 ? inHidden : turned(inHidden, R);
  };
  const logits = (parameters: Tensors, inputs: Tensors, tap: Tap = untapped): tf.Tensor =>
    model.logits(coordinates(parameters, tap), named(inputs, "x"), tap);
  return {
    parameters: model.parameters,
    torch: model.torch,
    forward(parameters, inputs, tap) {
      if (inputs.next)
        return tap("right", tokenAccuracy(logits(parameters, inputs, tap), inputs.next));
      const own = coordinates(parameters, tap);
      const { tap: listening, heard: seen } = overhearing(tap);
      const z = model.logits(own, named(inputs, "x"), listening);
      contributions(own, seen, tap);
      const before = model.logits(parameters, named(inputs, "x"), (name, value) =>
        name.endsWith(".gate") ? (seen[name] as typeof value) : value,
      );
      tap("change", z.sub(before).abs().max());
      tap("p", z.softmax()); // [B, T, V]
      return z;
    },
    loss: (parameters, batch, tap) =>
      tap("L", tokenCrossEntropy(logits(parameters, batch, tap), named(batch, "y"))),
    metrics: (parameters, batch) => ({
      accuracy: tokenAccuracy(logits(parameters, batch), named(batch, "y")),
    }),
  };
}

/** What each part writes to the stream, and what each of these vectors alone adds to the logits. */
function contributions(own: Tensors, seen: Tensors, tap: Tap): void {
  const W_U = named(own, "W_U"); // [d, V]
  const e = named(seen, "e"); // [B, T, d]
  const place = named(seen, "P").add(tf.zerosLike(e)); // [B, T, d]
  const blocks = Array.from({ length: layers }, (_, i) => [
    ...headsOf(own, seen, `blocks.${i}.attn`),
    named(seen, `blocks.${i}.ffn.out`),
  ]).flat();
  // #region contributions
  const writes = tap("writes", tf.stack([e, place, ...blocks])); // [8, B, T, d]
  tap("c", rowsTimes(writes, W_U)); // [8, B, T, V]: over the 8 they sum to the logits
  // #endregion
}

/** What each head of a layer writes, [B, T, d] each. */
function headsOf(own: Tensors, seen: Tensors, part: string): tf.Tensor[] {
  const concat = named(seen, `${part}.concat`); // [B, T, h·k]
  const W_O = named(own, `${part}.W_O`); // [h, k, d]
  return Array.from({ length: heads }, (_, h) => {
    const z = concat.slice([0, 0, h * d_head], [-1, -1, d_head]); // [B, T, k]
    return rowsTimes(z, W_O.slice([h, 0, 0], [1, d_head, d_model]).reshape([d_head, d_model]));
  });
}

/** The same model in other coordinates: whoever writes turns by R, and whoever reads turns back. */
// #region turned
function turned(given: Tensors, R: tf.Tensor): Tensors {
  const write = (W: tf.Tensor) => rowsTimes(W, R); // W R
  const read = (W: tf.Tensor) => leftTimes(R.transpose(), W); // Rᵀ W
  return mapped(given, (name, W) =>
    /W_[EPO2]$/.test(name) ? write(W) : /W_[QKV1U]$/.test(name) ? read(W) : W,
  );
}
// #endregion

/** The hidden layers in other coordinates. The ReLU between them does not turn along. */
function hiddenTurned(given: Tensors, H: tf.Tensor): Tensors {
  return mapped(given, (name, W) =>
    name.endsWith("W_1") ? W.matMul(H) : name.endsWith("W_2") ? H.transpose().matMul(W) : W,
  );
}

function mapped(given: Tensors, make: (name: string, W: tf.Tensor) => tf.Tensor): Tensors {
  return Object.fromEntries(Object.entries(given).map(([name, W]) => [name, make(name, W)]));
}

/** A matrix `[d, d]` times `[d, k]`, or times each of `[h, d, k]`. */
function leftTimes(R: tf.Tensor, W: tf.Tensor): tf.Tensor {
  if (W.rank === 2) return R.matMul(W);
  const [h, d] = W.shape as [number, number, number];
  return tf.tile(R.expandDims(0), [h, 1, 1]).matMul(W).reshape([h, d, -1]);
}

/** Quarter turns of an even number of dimensions, each taken with another one; drawn at random, the same each time. */
function quarterTurn(n: number): Float32Array {
  const Q = orthogonal(n, n, randomStream(1, `quarter turn ${n}`).normal);
  return Float32Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k += 2) {
      const [a, b] = [Q[i * n + k] ?? 0, Q[i * n + k + 1] ?? 0];
      const [c, d] = [Q[j * n + k] ?? 0, Q[j * n + k + 1] ?? 0];
      sum += a * d - b * c;
    }
    return sum;
  });
}

const quarters = new Map<number, Float32Array>();

/** Every direction turned by this angle, in degrees: R = cos θ I + sin θ J, with J a random quarter turn. `[n, n]`. */
export function rotation(n: number, degrees: number): tf.Tensor {
  const J = quarters.get(n) ?? quarterTurn(n);
  quarters.set(n, J);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const entries = J.map((entry, at) => sin * entry + (at % (n + 1) === 0 ? cos : 0));
  return tf.tensor2d(entries, [n, n]);
}
