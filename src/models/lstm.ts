import {
  type Cell,
  type CellStart,
  cellStart,
  gateParameters,
  keepingBias,
  type State,
} from "./cell.ts";
import { linear } from "./linear.ts";
import { inPart, named } from "./named.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import * as tf from "./tf.ts";

/** PyTorch's order of the gates: input, forget, candidate, output. */
export const lstmGates = ["i", "f", "c", "o"] as const;
type Gate = (typeof lstmGates)[number];

/** For each gate, and for the candidate c: W from the input `[H, I]`, U from the hidden state `[H, H]`, b `[H]`. */
export type Lstm = Readonly<Record<`W_${Gate}` | `U_${Gate}` | `b_${Gate}`, tf.Tensor>>;

/**
 * The LSTM cell, with σ the sigmoid and ∘ the product entry by entry:
 *
 *     f_t = σ(W_f x_t + U_f h_{t−1} + b_f)      what to keep of the cell state
 *     i_t = σ(W_i x_t + U_i h_{t−1} + b_i)      what to write
 *     o_t = σ(W_o x_t + U_o h_{t−1} + b_o)      what to show
 *     c̃_t = tanh(W_c x_t + U_c h_{t−1} + b_c)   the candidate to be written
 *     c_t = f_t ∘ c_{t−1} + i_t ∘ c̃_t
 *     h_t = o_t ∘ tanh(c_t)
 *
 * Taps i, f, c_tilde, o, c and h, `[B, H]` each. Hochreiter & Schmidhuber 1997; the forget gate: Gers,
 * Schmidhuber & Cummins 2000. PyTorch's `nn.LSTM` (its two biases are one here).
 */
// #region lstm
export function lstmCell(weights: Lstm): Cell {
  const { W, U, b } = stacked(weights); // the four gates' rows: [4H, I], [4H, H], [4H]
  return {
    units: U.shape[1] as number,
    hasCellState: true,
    project: (x) => linear({ W, b }, x), // W x_t + b of all gates: [n, 4H]
    step(Wx_t, before, tap) {
      const z = Wx_t.add(before.h.matMul(U, false, true)); // W x_t + U h_{t−1} + b: [B, 4H]
      const [z_i, z_f, z_c, z_o] = z.split(4, 1) as Four; // [B, H] each
      const i = tap("i", z_i.sigmoid()); // [B, H]
      const f = tap("f", z_f.sigmoid()); // [B, H]
      const c_tilde = tap("c_tilde", z_c.tanh()); // [B, H]
      const o = tap("o", z_o.sigmoid()); // [B, H]
      const c = tap("c", f.mul(cellState(before)).add(i.mul(c_tilde))); // [B, H]
      const h = tap("h", o.mul(c.tanh())); // [B, H]
      return { h, c };
    },
  };
}
// #endregion

type Four = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

/** The gates' weights, one under the other. */
function stacked(weights: Lstm) {
  const rows = (kind: "W" | "U" | "b") =>
    tf.concat(lstmGates.map((gate) => weights[`${kind}_${gate}`]));
  return { W: rows("W"), U: rows("U"), b: rows("b") };
}

function cellState({ c }: State): tf.Tensor {
  if (!c) throw new Error("An LSTM goes on from a state with h and c, but was given h alone.");
  return c;
}

/** The 4 (H·I + H·H + H) parameters of an LSTM cell, named W_f, U_f, b_f, … within `part`. */
export function lstmParameters(
  part: string,
  I: number,
  H: number,
  start: CellStart = {},
): Record<string, ParameterSpec> {
  const own = inPart(part);
  const usual = cellStart(I, H, start);
  const bias = {
    i: usual.bias,
    f: keepingBias(start, usual.bias),
    c: usual.bias,
    o: usual.bias,
    ...(start.chrono !== undefined && {
      i: { kind: "chrono", longest: start.chrono, sign: -1, like: own("b_f") } as const,
    }),
  };
  return Object.assign(
    {},
    ...lstmGates.map((gate) => {
      const names = { input: own(`W_${gate}`), hidden: own(`U_${gate}`), bias: own(`b_${gate}`) };
      return gateParameters(names, I, H, { ...usual, bias: bias[gate] });
    }),
  );
}

/** The weights within `part`. */
export function lstmOf(parameters: Tensors, part: string): Lstm {
  const own = inPart(part);
  const names = lstmGates.flatMap((gate) => [`W_${gate}`, `U_${gate}`, `b_${gate}`] as const);
  return Object.fromEntries(names.map((name) => [name, named(parameters, own(name))])) as Lstm;
}

/**
 * The cell within `part` as PyTorch's `nn.LSTM` named `module`: the rows of i, f, c and o under each other
 * (PyTorch calls the candidate g). Its two biases are only ever added.
 */
export function lstmTorch(part: string, module = part): TorchTensor[] {
  const own = inPart(part);
  const theirs = inPart(module);
  const rows = (kind: "W" | "U" | "b") => lstmGates.map((gate) => own(`${kind}_${gate}`));
  return [
    { name: theirs("weight_ih_l0"), rows: rows("W") },
    { name: theirs("weight_hh_l0"), rows: rows("U") },
    { name: theirs("bias_ih_l0"), rows: rows("b") },
    { name: theirs("bias_hh_l0"), rows: rows("b").map((addedTo) => ({ addedTo })) },
  ];
}
