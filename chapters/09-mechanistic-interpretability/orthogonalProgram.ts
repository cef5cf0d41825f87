import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { stopGradient } from "../../src/models/stopGradient.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";

/** `mi-orthogonal`: N directions in d dimensions that push each other apart. */
export type OrthogonalConfig = {
  readonly N: number;
  readonly d: number;
  /** How far from a right angle is near enough, in degrees. */
  readonly degrees: number;
};

/** The cosines between all rows of `V` `[N, d]`: `[N, N]`. */
// #region cosines
function cosines(V: tf.Tensor): tf.Tensor {
  const U = V.div(tf.norm(V, 2, 1, true)); // [N, d]: unit vectors
  return tf.matMul(U, U, false, true); // [N, N]
}
// #endregion

/**
 * Training moves V alone. R is drawn in the same way, and stays as it was drawn.
 */
export function pushedApart(config: Config): Program {
  const { N, d, degrees } = config as OrthogonalConfig;
  const most = Math.sin((degrees * Math.PI) / 180);
  const run = (parameters: Tensors, _inputs: Tensors, tap: Tap) => {
    const C = tap("C", cosines(named(parameters, "V"))); // [N, N]
    tap("C_random", cosines(stopGradient(named(parameters, "R")))); // [N, N]
    return C;
  };
  return {
    parameters: {
      V: { shape: [N, d], initial: { kind: "normal", deviation: 1 } },
      R: { shape: [N, d], initial: { kind: "normal", deviation: 1 } },
    },
    forward: run,
    loss(parameters, batch, tap) {
      const C = run(parameters, batch, tap);
      // #region tooNear
      const others = tf.sub(1, tf.eye(N)); // [N, N]: all pairs of two
      const beyond = C.mul(others).abs().sub(most).relu(); // [N, N]
      return tap("L", beyond.square().sum().div(2) as tf.Scalar);
      // #endregion
    },
  };
}
