import { asRows } from "../../src/models/autoencoder.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import { reparameterise, vaeOf } from "../../src/models/vae.ts";
import { bernoulliCost, gaussianKl, negativeElbo, warmUp } from "../../src/training/elbo.ts";
import type { Config } from "../../src/training/lab.ts";
import { pixels } from "./digits.ts";
import { classes } from "./planeLab.ts";

/**
 * `vae-plane`. Data: `x` [m, 16, 16]; `y` [m], each one's class; `epsilon` [m, 16], the draws with which
 * the loss is looked at, of which the first d count (each step of training draws its own).
 */
export type PlaneConfig = {
  /** d: the numbers of a code. */
  readonly z: number;
  readonly beta: number;
  readonly freeBits: number;
  /** Steps over which β grows from 0; 0 for none. */
  readonly warmUp: number;
  /** Whether encoder and decoder are told the class. */
  readonly conditional: boolean;
};

/** Units of the hidden layer of the encoder, and of the decoder. */
const hidden = 96;

/**
 * A variational autoencoder of pictures. The forward pass decodes `code` [m, d] where that is among the
 * inputs, and encodes `x` otherwise.
 */
export function planeProgram(config: Config): Program {
  const { z: d, beta, freeBits, warmUp: steps, conditional } = config as PlaneConfig;
  const vae = vaeOf({
    pixels,
    hidden: [hidden],
    z: d,
    activation: "relu",
    classes: conditional ? classes : 0,
  });
  const told = (inputs: Tensors) => (conditional ? named(inputs, "y") : undefined); // [m]
  // #region vae
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", asRows(named(inputs, "x"))); // [m, n]
    const q = vae.encode(parameters, x, told(inputs), tap); // mu, log_var [m, d]
    const epsilon = inputs.epsilon?.slice([0, 0], [-1, d]); // [m, d]
    const z = reparameterise(q, epsilon, tap); // [m, d]
    return { x, q, ...vae.decode(parameters, z, told(inputs), tap) };
  };
  // #endregion
  return {
    parameters: { ...vae.parameters, t: { shape: [], initial: { kind: "constant", value: 0 } } },
    noise: vae.noise,
    follows: { t: "t_next" },
    forward: (parameters, inputs, tap) =>
      inputs.code
        ? vae.decode(parameters, inputs.code, told(inputs), tap).x_hat
        : run(parameters, inputs, tap).x_hat,
    loss: (parameters, batch, tap) => {
      const { x, q, logits } = run(parameters, batch, tap);
      const t = named(parameters, "t");
      tap("t_next", t.add(1));
      // #region loss
      const beta_t = tap("beta_t", warmUp(t, steps).mul(beta)); // []
      const kl = tap("kl", gaussianKl(q)); // [m, d]
      return negativeElbo({ cost: bernoulliCost(logits, x), kl, beta: beta_t, freeBits }, tap);
      // #endregion
    },
  };
}
