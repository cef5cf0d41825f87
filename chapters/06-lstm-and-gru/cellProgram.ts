import type { CellName } from "../../src/models/cells.ts";
import { cellOf, cellParameters, cellTorch } from "../../src/models/cells.ts";
import { linear, linearOf, linearParameters, linearTorch } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import { type Tap, untapped, within } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { squaredError } from "../../src/training/loss.ts";
import { latchInputs } from "./latch.ts";

/** `lstm-cell`. Data: `x` [m, T, 3], `y` [m, T]; or one sequence, `x` [T, 3], `y` [T]. */
export type CellConfig = {
  /** The cell that is on show; both are trained. */
  readonly cell: "lstm" | "gru";
  /** H of either. */
  readonly units: number;
  /** Where the bias of the gate that keeps starts: b_f, and b_z. */
  readonly forgetBias: number;
  /** The step on show, from 1. */
  readonly step: number;
};

type Kind = Exclude<CellName, "rnn">;
const kinds = ["lstm", "gru"] as const satisfies readonly Kind[];

/** What is on show of the chosen step, and of which model: the symbols of the chapter's equations. */
const shown: Readonly<Record<Kind, readonly string[]>> = {
  lstm: ["f", "i", "o", "c_tilde", "c"],
  gru: ["z", "r", "h_tilde"],
};

/**
 * An LSTM and a GRU side by side, of the same size and on the same sequences, each with a linear answer
 * of one number at every step. Loss: the mean squared error of each, added. The quantities of the
 * chosen step are tapped once more without its number: f is f_t for the step on show.
 */
export function cellProgram(config: Config): Program {
  const { cell: onShow, units, forgetBias, step } = config as CellConfig;
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = named(inputs, "x");
    const isOne = x.rank === 2;
    const X = isOne ? x.expandDims(0) : x; // [m, T, 3]
    const chosen = Math.min(step, X.shape[1] as number);
    const answers = kinds.map((kind) => {
      const seen: Record<string, tf.Tensor> = {};
      const inner: Tap = (name, value) => {
        const passed = within(kind, tap)(name, value);
        seen[name] = passed;
        return passed;
      };
      const { states } = unroll(cellOf(kind, parameters, kind), X, {}, inner);
      const head = linearOf(parameters, `${kind}.head`);
      const y_hat = readSteps(states, (h) => linear(head, h), inner, "y_hat").squeeze([2]); // [m, T]
      const at = (name: string, t = chosen): tf.Tensor => {
        const value = seen[t === 0 ? `${name}_0` : `steps.${t}.${name}`] as tf.Tensor; // [m, H]
        return isOne ? value.squeeze([0]) : value; // [H] or [m, H]
      };
      for (const name of shown[kind]) tap(name, at(name));
      if (kind === "lstm") tap("c_before", at("c", chosen - 1));
      if (kind === onShow) tap("h", at("h"));
      return isOne ? y_hat.squeeze([0]) : y_hat; // [T] or [m, T]
    });
    return { lstm: answers[0] as tf.Tensor, gru: answers[1] as tf.Tensor };
  };
  return {
    parameters: Object.assign(
      {},
      ...kinds.map((kind) => ({
        ...cellParameters(kind, kind, latchInputs, units, { forgetBias }),
        ...linearParameters(`${kind}.head`, units, 1, {
          W: { kind: "xavier", fanIn: units, fanOut: 1 },
          b: { kind: "constant", value: 0 },
        }),
      })),
    ),
    parts: kinds,
    torch: kinds.flatMap((kind) => [
      ...cellTorch(kind, kind, `${kind}.cell`),
      ...linearTorch(`${kind}.head`),
    ]),
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap)[onShow],
    loss: (parameters, batch, tap) => {
      const y = named(batch, "y");
      const { lstm, gru } = run(parameters, batch, tap);
      const L_lstm = tap("L_lstm", squaredError(lstm, y)) as tf.Scalar;
      const L_gru = tap("L_gru", squaredError(gru, y)) as tf.Scalar;
      return tap("L", L_lstm.add(L_gru)) as tf.Scalar;
    },
    metrics: (parameters, batch) => {
      const y = named(batch, "y");
      const { lstm, gru } = run(parameters, batch, untapped);
      const right = (y_hat: tf.Tensor) =>
        y_hat.sub(y).abs().less(0.5).toFloat().mean() as tf.Scalar;
      return { "LSTM right": right(lstm), "GRU right": right(gru) };
    },
  };
}
