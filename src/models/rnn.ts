import { type Activation, activations } from "./activations.ts";
import { type Cell, type CellStart, cellStart, gateParameters } from "./cell.ts";
import { linear } from "./linear.ts";
import { inPart, named } from "./named.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import type * as tf from "./tf.ts";

export interface Rnn {
  /** From the input, `[H, I]`. */
  readonly W_x: tf.Tensor;
  /** From the hidden state before, `[H, H]`. */
  readonly W_h: tf.Tensor;
  /** The biases, `[H]`. */
  readonly b_h: tf.Tensor;
}

/**
 * The recurrent cell: h_t = g(W_x x_t + W_h h_{t−1} + b_h). One set of weights serves every step.
 *
 * Taps a (the sum within the brackets) and h, `[B, H]` each. Elman 1990; PyTorch's `nn.RNN` (its two
 * biases are one here).
 */
// #region rnn
export function rnnCell({ W_x, W_h, b_h }: Rnn, g: Activation = activations.tanh): Cell {
  return {
    units: W_h.shape[0] as number,
    hasCellState: false,
    project: (x) => linear({ W: W_x, b: b_h }, x), // W_x x_t + b_h: [n, H]
    step(Wx_t, before, tap) {
      const Wh = before.h.matMul(W_h, false, true); // W_h h_{t−1}: [B, H]
      const a = tap("a", Wx_t.add(Wh)); // [B, H]
      const h = tap("h", g(a)); // [B, H]
      return { h };
    },
  };
}
// #endregion

/** The H·I + H·H + H parameters of a recurrent cell, named W_x, W_h and b_h within `part`. */
export function rnnParameters(
  part: string,
  I: number,
  H: number,
  start: CellStart = {},
): Record<string, ParameterSpec> {
  const own = inPart(part);
  const names = { input: own("W_x"), hidden: own("W_h"), bias: own("b_h") };
  return gateParameters(names, I, H, cellStart(I, H, start));
}

/** The weights within `part`. */
export function rnnOf(parameters: Tensors, part: string): Rnn {
  const own = (name: string) => named(parameters, inPart(part)(name));
  return { W_x: own("W_x"), W_h: own("W_h"), b_h: own("b_h") };
}

/** The cell within `part` as PyTorch's `nn.RNN` named `module`. Its two biases are only ever added. */
export function rnnTorch(part: string, module = part): TorchTensor[] {
  const own = inPart(part);
  const theirs = inPart(module);
  return [
    { name: theirs("weight_ih_l0"), rows: [own("W_x")] },
    { name: theirs("weight_hh_l0"), rows: [own("W_h")] },
    { name: theirs("bias_ih_l0"), rows: [own("b_h")] },
    { name: theirs("bias_hh_l0"), rows: [{ addedTo: own("b_h") }] },
  ];
}
