import type { Initialiser, ParameterSpec } from "./program.ts";
import type { Tap } from "./tap.ts";
import type * as tf from "./tf.ts";

/** What a recurrent cell hands on from one step to the next. */
export interface State {
  /** The hidden state, `[B, H]`. */
  readonly h: tf.Tensor;
  /** The cell state of an LSTM, `[B, H]`. */
  readonly c?: tf.Tensor;
}

/** A recurrent cell with its weights: what is done at every step of a sequence. */
export interface Cell {
  /** H, the numbers of a hidden state. */
  readonly units: number;
  /** Whether its state has a c besides h. */
  readonly hasCellState: boolean;
  /** What the inputs contribute, `[n, I]` to `[n, …]`: it needs no state, so all steps are one product. */
  project(x: tf.Tensor): tf.Tensor;
  /** The state after a step, from the step's own part of `project` and the state before. */
  step(x_t: tf.Tensor, before: State, tap: Tap): State;
}

export const recurrentStarts = ["pytorch", "xavier", "orthogonal", "identity"] as const;

/** How a recurrent cell starts. */
export interface CellStart {
  /**
   * - `pytorch` every number uniform, limit 1/√H: what `nn.RNN`, `nn.LSTM` and `nn.GRU` do unasked. The
   *   default. In the others the inputs' weights are `xavier`, the biases 0.
   * - `xavier` the hidden state's weights too. Glorot & Bengio 2010, eq. 16.
   * - `orthogonal` the hidden state's weights are a random orthogonal matrix: it turns, and neither
   *   stretches nor shrinks. Saxe, McClelland & Ganguli 2014.
   * - `identity` they are the identity: at first the state is handed on as it is. Le, Jaitly & Hinton 2015.
   */
  readonly weights?: (typeof recurrentStarts)[number];
  /** What the orthogonal matrix or the identity is multiplied by. Default 1. */
  readonly gain?: number;
  /** The bias of the gate that keeps: b_f of an LSTM, b_z of a GRU. Gers et al. 2000; Jozefowicz et al. 2015. */
  readonly forgetBias?: number;
  /**
   * The longest time T to be bridged, from 3: b_f = log u with u uniform on [1, T − 1], and b_i = −b_f;
   * in a GRU b_z = log u. It goes before `forgetBias`. Tallec & Ollivier 2018, eq. 16.
   */
  readonly chrono?: number;
}

const zero: Initialiser = { kind: "constant", value: 0 };

/** The start of the parameters of a cell, from I inputs to H units. */
export function cellStart(I: number, H: number, { weights = "pytorch", gain = 1 }: CellStart) {
  const uniform: Initialiser = { kind: "uniform", limit: 1 / Math.sqrt(H) };
  if (weights === "pytorch") return { input: uniform, hidden: uniform, bias: uniform };
  const input: Initialiser = { kind: "xavier", fanIn: I, fanOut: H };
  const square: Initialiser = { kind: "xavier", fanIn: H, fanOut: H };
  const hidden: Initialiser = weights === "xavier" ? square : { kind: weights, gain };
  return { input, hidden, bias: zero };
}

/** The start of the bias of the gate that keeps what the state holds; without one of its own, `other`. */
export function keepingBias({ chrono, forgetBias }: CellStart, other: Initialiser): Initialiser {
  if (chrono !== undefined) return { kind: "chrono", longest: chrono, sign: 1 };
  return forgetBias === undefined ? other : { kind: "constant", value: forgetBias };
}

/** The parameters of one gate, from the input `[H, I]`, from the hidden state `[H, H]` and the bias `[H]`. */
export function gateParameters(
  names: { readonly input: string; readonly hidden: string; readonly bias: string },
  I: number,
  H: number,
  start: { readonly input: Initialiser; readonly hidden: Initialiser; readonly bias: Initialiser },
): Record<string, ParameterSpec> {
  return {
    [names.input]: { shape: [H, I], initial: start.input },
    [names.hidden]: { shape: [H, H], initial: start.hidden },
    [names.bias]: { shape: [H], initial: start.bias },
  };
}
