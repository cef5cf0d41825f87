import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import {
  dimensionality,
  importanceLoss,
  sparseFeatures,
  superposition,
  toyParameters,
} from "../../src/models/superposition.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { densities, importances } from "./superpositionNumbers.ts";

/** `mi-superposition`. Data: `v` and `u`, both [N, n]: how strong each feature would be, and the draw that says whether it is there. */
export type SuperpositionConfig = {
  readonly n: number;
  readonly m: number;
  /** How often a feature is there, in the reader's own model; the others stand on a ladder. */
  readonly p: number;
  /** The importance of each feature as a multiple of that of the one before it. */
  readonly decay: number;
  readonly output: "relu" | "linear";
};

/** The reader's model, and seven more at fixed densities, trained at once on the same draws. */
export function toyModels(config: Config): Program {
  const { n, m, p: own, decay, output } = config as SuperpositionConfig;
  const p = densities(own);
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const models = { W: named(parameters, "W"), b: named(parameters, "b") };
    if (!inputs.training) dimensionality(models.W, tap);
    const x = sparseFeatures(named(inputs, "v"), inputs.u, tf.tensor1d(p), tap);
    return { x, x_hat: superposition(models, x, output === "linear", tap) };
  };
  return {
    parameters: toyParameters(p.length, m, n),
    forward: (parameters, inputs, tap) => run(parameters, inputs, tap).x_hat,
    loss: (parameters, batch, tap) => {
      const { x, x_hat } = run(parameters, batch, tap);
      const I = tf.tensor1d(importances(n, decay));
      return tap("L", importanceLoss(x, x_hat, I, tap).mean<tf.Scalar>());
    },
  };
}
