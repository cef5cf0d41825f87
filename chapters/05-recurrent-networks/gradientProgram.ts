import { activationNamed } from "../../src/models/activations.ts";
import { linear } from "../../src/models/linear.ts";
import { named } from "../../src/models/named.ts";
import type { Initialiser, Program, Tensors } from "../../src/models/program.ts";
import { rnnCell } from "../../src/models/rnn.ts";
import { readSteps, unroll } from "../../src/models/sequence.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { countedSteps, startWeights } from "./gradientLab.ts";

/** `rnn-gradient`. Data: `x` and `y`, [B, T]. An input `nudge NAME` is added to the quantity of this name. */
export type GradientConfig = {
  readonly g: "tanh" | "relu" | "identity";
  /** What W_h is multiplied by. */
  readonly factor: number;
  /** T. */
  readonly steps: number;
  /** The steps whose loss counts: "all", or their numbers. */
  readonly counted: string;
  /** The gradient is cut every so many steps; 0: never. */
  readonly truncate: number;
};

/** g′(a_t), which for these curves can be told from h_t = g(a_t) alone. */
const slopes: Readonly<Record<GradientConfig["g"], (h: tf.Tensor) => tf.Tensor>> = {
  tanh: (h) => tf.sub(1, h.square()), // [B, H]
  relu: (h) => h.step(),
  identity: (h) => tf.onesLike(h),
};

/** ∂h_t/∂h_{t−1} = diag(g′(a_t)) W_h: row i of W_h times the slope of unit i. */
// #region jacobian
function jacobian(slope: tf.Tensor, W_h: tf.Tensor): tf.Tensor {
  const J = slope.expandDims(-1).mul(W_h); // [B, H, 1] times [H, H]: [B, H, H]
  return J;
}
// #endregion

/** A tap whose quantities can be nudged, for a finite difference. */
function nudging(inputs: Tensors, tap: Tap): Tap {
  return (name, value) => {
    const by = inputs[`nudge ${name}`];
    return tap(name, by ? (value.add(by) as typeof value) : value);
  };
}

/**
 * A recurrent network of two units that is told a number and asked for it later. Output ŷ [B, T]. Loss:
 * the sum over the steps that count of (ŷ_t − y_t)², averaged over the examples. Taps steps.t.J, the
 * Jacobians ∂h_t/∂h_{t−1} [B, H, H], except in training.
 */
export function throughTime(config: Config): Program {
  const { g, factor, steps, counted, truncate } = config as GradientConfig;
  const counts = countedSteps(counted, steps);
  const run = (parameters: Tensors, inputs: Tensors, quiet: Tap) => {
    const tap = nudging(inputs, quiet);
    const parameter = (name: string) => {
      const by = inputs[`nudge ${name}`];
      return by ? named(parameters, name).add(by) : named(parameters, name);
    };
    const W_h = parameter("W_h").mul(factor); // [H, H]
    const cell = rnnCell({ W_x: parameter("W_x"), W_h, b_h: parameter("b_h") }, activationNamed(g));
    const x = named(inputs, "x").expandDims(-1); // [B, T, 1]
    const { states } = unroll(cell, x, { truncate }, tap);
    for (const [i, { h }] of states.entries()) {
      if (!inputs.training) tap(`steps.${i + 1}.J`, jacobian(slopes[g](h), W_h));
    }
    const out = { W: parameter("W_y"), b: parameter("b_y") };
    return readSteps(states, (h) => linear(out, h), tap, "y_hat").squeeze([-1]); // [B, T]
  };
  return {
    parameters: Object.fromEntries(
      Object.entries(startWeights).map(([name, values]) => {
        const initial: Initialiser = { kind: "values", values: values.flat() };
        return [name, { shape: shapeOf(values), initial }];
      }),
    ),
    forward: run,
    loss: (parameters, batch, tap) => {
      const y_hat = run(parameters, batch, tap); // [B, T]
      const y = named(batch, "y"); // [B, T]
      const counted = tf.tensor1d(Array.from({ length: steps }, (_, i) => +counts.includes(i + 1)));
      // #region summedLosses
      const L_t = tap("L_t", y_hat.sub(y).square().mul(counted)); // [B, T]
      return tap("L", L_t.sum(-1).mean<tf.Scalar>());
      // #endregion
    },
  };
}

function shapeOf(values: readonly (number | readonly number[])[]): number[] {
  const [first] = values;
  return typeof first === "object" ? [values.length, first.length] : [values.length];
}
