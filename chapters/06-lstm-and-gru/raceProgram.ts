import { recallAlphabet, recallSymbols } from "../../src/data/delayedRecall.ts";
import type { CellStart } from "../../src/models/cell.ts";
import {
  type CellName,
  cellNames,
  cellOf,
  cellParameters,
  cellTorch,
} from "../../src/models/cells.ts";
import { oneHot } from "../../src/models/embedding.ts";
import { linear, linearOf, linearParameters, linearTorch } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import { unroll } from "../../src/models/sequence.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { categoricalCrossEntropy } from "../../src/training/loss.ts";

/** `lstm-race`. Data: `x` [m, T], places in the alphabet of delayed recall; `y` [m], the first symbol. */
export type RaceConfig = {
  readonly length: number;
  /** H, the same for all three. */
  readonly units: number;
  /** How the gate that keeps starts in LSTM and GRU: at PyTorch's small numbers, at `forgetBias`, or by chrono. */
  readonly gateStart: "pytorch" | "number" | "chrono";
  readonly forgetBias: number;
  readonly rnnStart: "pytorch" | "orthogonal" | "identity";
};

const symbols = recallAlphabet.length;
const answers = recallSymbols.length;

function gatedStart({ gateStart, forgetBias, length }: RaceConfig): CellStart {
  if (gateStart === "pytorch") return {};
  return gateStart === "chrono" ? { chrono: length } : { forgetBias };
}

function startOf(kind: CellName, config: RaceConfig): CellStart {
  return kind === "rnn" ? { weights: config.rnnStart } : gatedStart(config);
}

/** The output layer of each, from H units to the four symbols, as PyTorch starts it. */
function headParameters(part: string, H: number): Record<string, ParameterSpec> {
  const initial = { kind: "uniform", limit: 1 / Math.sqrt(H) } as const;
  return linearParameters(`${part}.head`, H, answers, { W: initial, b: initial });
}

/**
 * RNN, LSTM and GRU on one task, side by side. The loss is the sum of theirs; no parameter occurs in two
 * of them, and each one's gradient is clipped by itself, so none feels the others.
 */
export function race(config: Config): Program {
  const settings = config as RaceConfig;
  const { units: H } = settings;
  // #region recall
  const recall = (kind: CellName, parameters: Tensors, x: tf.Tensor, tap: Tap) => {
    const { last } = unroll(cellOf(kind, parameters, kind), oneHot(x, symbols), {}, tap);
    const z = linear(linearOf(parameters, `${kind}.head`), last.h); // [B, 4]
    tap("y_hat", z.softmax()); // [B, 4]
    return z;
  };
  // #endregion
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x")); // [B, T]
    return cellNames.map((kind) => ({ kind, z: recall(kind, parameters, x, within(kind, tap)) }));
  };
  return {
    parameters: Object.assign(
      {},
      ...cellNames.map((kind) => ({
        ...cellParameters(kind, kind, symbols, H, startOf(kind, settings)),
        ...headParameters(kind, H),
      })),
    ),
    parts: cellNames,
    torch: cellNames.flatMap((kind) => [
      ...cellTorch(kind, kind, `${kind}.cell`),
      ...linearTorch(`${kind}.head`),
    ]),
    forward: (parameters, inputs, tap) =>
      tap("y_hat", tf.stack(run(parameters, inputs, tap).map(({ z }) => z.softmax()))), // [3, B, 4]
    loss: (parameters, batch, tap) => {
      const y = tap("y", named(batch, "y")); // [B]
      const each = run(parameters, batch, tap);
      const accuracies = each.map(({ kind, z }) => {
        const right = z.argMax(-1).toFloat().equal(y).toFloat(); // [B]
        return tap(`${kind}.accuracy`, right.mean());
      });
      tap("accuracies", tf.stack(accuracies)); // [3]
      const losses = each.map(({ kind, z }) => tap(`${kind}.L`, categoricalCrossEntropy(z, y)));
      return tap("L", tf.addN(losses));
    },
  };
}
