import { convolution, convolutionParameters, kernelsOf } from "../../src/models/convolution.ts";
import { initialisers } from "../../src/models/initialisers.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { squaredError } from "../../src/training/loss.ts";

/**
 * `conv-learn`: one kernel is to do what another does. Data: `x` [m, n, n], and `y` [m, n − k + 1, n − k + 1],
 * what the other answers. Loss: mean squared error.
 */
export function oneKernel(config: Config): Program {
  const k = Number(config.size);
  const answers = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const given = named(inputs, "x");
    const x = tap("x", given.rank === 2 ? given.expandDims(0) : given); // [m, n, n]
    return convolution(kernelsOf(parameters, ""), x, tap); // [m, h′, w′, 1]
  };
  const loss = (parameters: Tensors, batch: Tensors, tap: Tap): tf.Scalar => {
    const y = named(batch, "y");
    // #region learn
    const z = answers(parameters, batch, tap); // [m, h′, w′, 1]
    return tap("L", squaredError(z.squeeze([3]), y)) as tf.Scalar;
    // #endregion
  };
  return {
    parameters: convolutionParameters("", [1, 1], k, initialisers.he(k * k)),
    torch: [
      { name: "conv.weight", rows: ["W"] },
      { name: "conv.bias", rows: ["b"] },
    ],
    forward: answers,
    loss,
  };
}
