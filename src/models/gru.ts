import { type Cell, type CellStart, cellStart, gateParameters, keepingBias } from "./cell.ts";
import { linear } from "./linear.ts";
import { inPart, named } from "./named.ts";
import type { ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import * as tf from "./tf.ts";

/** PyTorch's order of the gates: reset, update, candidate. */
export const gruGates = ["r", "z", "h"] as const;
type Gate = (typeof gruGates)[number];

/**
 * For each gate, and for the candidate h: W from the input `[H, I]`, U from the hidden state `[H, H]`,
 * b `[H]`; and `b_hn` `[H]`, the bias that the candidate adds to the hidden state's part.
 */
export type Gru = Readonly<Record<`W_${Gate}` | `U_${Gate}` | `b_${Gate}` | "b_hn", tf.Tensor>>;

/**
 * The gated recurrent unit, with σ the sigmoid and ∘ the product entry by entry:
 *
 *     r_t = σ(W_r x_t + U_r h_{t−1} + b_r)                     what the candidate sees of the state
 *     z_t = σ(W_z x_t + U_z h_{t−1} + b_z)                     what to keep of the state
 *     h̃_t = tanh(W_h x_t + b_h + r_t ∘ (U_h h_{t−1} + b_hn))   the candidate
 *     h_t = z_t ∘ h_{t−1} + (1 − z_t) ∘ h̃_t
 *
 * Taps r, z, h_tilde and h, `[B, H]` each. Cho et al. 2014, eq. 5 to 8, where r stands within the product
 * with U_h; here it comes after, as in PyTorch's `nn.GRU`, which makes one product of all gates.
 */
// #region gru
export function gruCell(weights: Gru): Cell {
  const { W, U, b } = stacked(weights); // the three gates' rows: [3H, I], [3H, H], [3H]
  const { b_hn } = weights;
  return {
    units: U.shape[1] as number,
    hasCellState: false,
    project: (x) => linear({ W, b }, x), // W x_t + b of all gates: [n, 3H]
    step(Wx_t, { h: before }, tap) {
      const [Wx_r, Wx_z, Wx_h] = Wx_t.split(3, 1) as Three; // [B, H] each
      const [Uh_r, Uh_z, Uh_h] = before.matMul(U, false, true).split(3, 1) as Three; // [B, H] each
      const r = tap("r", Wx_r.add(Uh_r).sigmoid()); // [B, H]
      const z = tap("z", Wx_z.add(Uh_z).sigmoid()); // [B, H]
      const h_tilde = tap("h_tilde", Wx_h.add(r.mul(Uh_h.add(b_hn))).tanh()); // [B, H]
      const written = tf.sub(1, z).mul(h_tilde); // (1 − z_t) ∘ h̃_t: [B, H]
      const h = tap("h", z.mul(before).add(written)); // [B, H]
      return { h };
    },
  };
}
// #endregion

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];

/** The gates' weights, one under the other. */
function stacked(weights: Gru) {
  const rows = (kind: "W" | "U" | "b") =>
    tf.concat(gruGates.map((gate) => weights[`${kind}_${gate}`]));
  return { W: rows("W"), U: rows("U"), b: rows("b") };
}

/** The 3 (H·I + H·H + H) + H parameters of a GRU cell, named W_z, U_z, b_z, … within `part`. */
export function gruParameters(
  part: string,
  I: number,
  H: number,
  start: CellStart = {},
): Record<string, ParameterSpec> {
  const own = inPart(part);
  const usual = cellStart(I, H, start);
  const bias = { r: usual.bias, z: keepingBias(start, usual.bias), h: usual.bias };
  return Object.assign(
    {},
    ...gruGates.map((gate) => {
      const names = { input: own(`W_${gate}`), hidden: own(`U_${gate}`), bias: own(`b_${gate}`) };
      return gateParameters(names, I, H, { ...usual, bias: bias[gate] });
    }),
    { [own("b_hn")]: { shape: [H], initial: usual.bias } },
  );
}

/** The weights within `part`. */
export function gruOf(parameters: Tensors, part: string): Gru {
  const own = inPart(part);
  const names = gruGates.flatMap((gate) => [`W_${gate}`, `U_${gate}`, `b_${gate}`] as const);
  const all = [...names, "b_hn"] as const;
  return Object.fromEntries(all.map((name) => [name, named(parameters, own(name))])) as Gru;
}

/**
 * The cell within `part` as PyTorch's `nn.GRU` named `module`: the rows of r, z and h under each other
 * (PyTorch calls the candidate n). Of the two biases only the candidate's cannot be added up.
 */
export function gruTorch(part: string, module = part): TorchTensor[] {
  const own = inPart(part);
  const theirs = inPart(module);
  const rows = (kind: "W" | "U" | "b") => gruGates.map((gate) => own(`${kind}_${gate}`));
  const gates = [{ addedTo: own("b_r") }, { addedTo: own("b_z") }];
  return [
    { name: theirs("weight_ih_l0"), rows: rows("W") },
    { name: theirs("weight_hh_l0"), rows: rows("U") },
    { name: theirs("bias_ih_l0"), rows: rows("b") },
    { name: theirs("bias_hh_l0"), rows: [...gates, own("b_hn")] },
  ];
}
