import { asRows, autoencoderOf } from "../../src/models/autoencoder.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { pixels } from "./digits.ts";
import { reconstructionError } from "./reconstruction.ts";

/** `ae-odd`. Data: `x` [m, 16, 16], normal pictures only. */
export type OddConfig = {
  /** d, the numbers of the code. */
  readonly width: number;
};

const hiddenUnits = 64;

/** An autoencoder whose errors tell what it has not been trained on. */
export function oddOneOut(config: Config): Program {
  const { width } = config as OddConfig;
  const model = autoencoderOf({
    sizes: [pixels, hiddenUnits, width],
    activation: "relu",
    code: "identity",
  });
  const errors = (parameters: Tensors, inputs: Tensors, tap: Tap): tf.Scalar => {
    const x = tap("x", asRows(named(inputs, "x"))); // [m, n]
    const { x_hat } = model.run(parameters, x, tap); // [m, n]
    return reconstructionError(x, x_hat, tap);
  };
  return {
    parameters: model.parameters,
    forward: errors,
    loss: (parameters, batch, tap) => tap("L", errors(parameters, batch, tap)),
  };
}
