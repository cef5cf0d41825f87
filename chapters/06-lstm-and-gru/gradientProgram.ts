import type { CellName } from "../../src/models/cells.ts";
import { cellOf, cellParameters, cellTorch } from "../../src/models/cells.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { unroll } from "../../src/models/sequence.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { gradientInputs } from "./gradientLab.ts";

/** `lstm-gradient`. Data: one sequence, `x` [1, T, 4]. */
export type GradientConfig = {
  /** T. */
  readonly length: number;
  /** H of each cell. */
  readonly units: number;
  /** What the orthogonal hidden-to-hidden matrices are multiplied by. */
  readonly gain: number;
  /** Where the bias of the gate that keeps starts, when it is the same for all units. */
  readonly forgetBias: number;
  /** One forget bias for all, or spread by the chrono initialisation. */
  readonly bias: "same" | "chrono";
  /** Whether a GRU runs beside RNN and LSTM. */
  readonly gru: boolean;
};

/** Which of its states a cell hands a memory on by. */
const memory = { rnn: "h", lstm: "c", gru: "h" } as const satisfies Record<CellName, "h" | "c">;

/**
 * The sum of m_T[k] over the copies k of the sequence, `[H, H]` to `[]`. Copy k contributes its own
 * entry k alone, so the gradient at m_t, `[H, H]`, is in row k that of entry k: the whole Jacobian
 * ∂m_T/∂m_t in one backward pass.
 */
// #region jacobian
function trace(m_T: tf.Tensor): tf.Tensor {
  return m_T.mul(tf.eye(m_T.shape[0] as number)).sum(); // [H, H] to []
}
// #endregion

/** RNN, LSTM and, if asked for, GRU, of one size, on H copies of one sequence. Nothing is trained. */
export function gradientProgram(config: Config): Program {
  const { length, units, gain, forgetBias, bias, gru } = config as GradientConfig;
  const kinds: readonly CellName[] = gru ? ["rnn", "lstm", "gru"] : ["rnn", "lstm"];
  // #region start
  const start = {
    weights: "orthogonal",
    gain,
    ...(bias === "chrono" ? { chrono: length } : { forgetBias }), // b_f, and b_z in the GRU
  } as const;
  // #endregion
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap): tf.Tensor[] => {
    const x = named(inputs, "x"); // [1, T, I]
    const copies = x.tile([units, 1, 1]); // [H, T, I]
    return kinds.map((kind) => {
      const { last } = unroll(cellOf(kind, parameters, kind), copies, {}, within(kind, tap));
      return last[memory[kind]] as tf.Tensor; // [H, H]
    });
  };
  return {
    parameters: Object.assign(
      {},
      ...kinds.map((kind) => cellParameters(kind, kind, gradientInputs, units, start)),
    ),
    torch: kinds.flatMap((kind) => cellTorch(kind, kind)),
    forward: (parameters, inputs, tap) => tf.stack(run(parameters, inputs, tap)),
    loss: (parameters, batch, tap) =>
      tap("L", tf.addN(run(parameters, batch, tap).map(trace))) as tf.Scalar,
  };
}
