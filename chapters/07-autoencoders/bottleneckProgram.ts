import type { ActivationName } from "../../src/models/activations.ts";
import { asRows, autoencoderOf, corrupted, partOf } from "../../src/models/autoencoder.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import { type Tap, within } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import { klSparsity, l1Sparsity } from "../../src/training/sparsity.ts";
import { pixels } from "./digits.ts";
import { reconstructionError } from "./reconstruction.ts";

/** How the code is kept from being a mere copy. */
export type BottleneckMode = "plain" | "linear" | "l1" | "kl" | "denoising";

/** `ae-bottleneck`. Data: `x` [m, 16, 16], `y` [m] that nobody looks at. With `h` [m, d], it only decodes. */
export type BottleneckConfig = {
  readonly mode: BottleneckMode;
  /** d, the numbers of the code. */
  readonly width: number;
  /** The weight of the penalty, λ. */
  readonly lambda: number;
  /** The mean that each unit is held to, for the penalty by KL. */
  readonly rho: number;
  /** The share of the pixels that is left out of what the encoder is shown. */
  readonly share: number;
};

/** Units of the hidden layer of either part. */
export const hiddenUnits = 64;

const codes: Readonly<Record<Exclude<BottleneckMode, "linear">, ActivationName>> = {
  plain: "identity",
  denoising: "identity",
  l1: "relu",
  kl: "sigmoid",
};

/** The penalty on a code that a mode asks for; null for none. */
function penaltyOn(h: tf.Tensor, { mode, lambda, rho }: BottleneckConfig, tap: Tap) {
  if (mode === "l1") return tap("R", l1Sparsity(h, lambda));
  if (mode === "kl") return tap("R", klSparsity(h, rho, lambda, tap));
  return null;
}

/** An autoencoder without hidden layers and without activations: what it can do, PCA can. */
function linearAutoencoder(width: number) {
  const encoder = partOf("encoder", { sizes: [pixels, width], activation: "identity" });
  const decoder = partOf("decoder", { sizes: [width, pixels], activation: "identity" });
  const decode = (given: Tensors, h: tf.Tensor, tap: Tap) => ({
    x_hat: tap("x_hat", decoder.of(given)(h, within("decoder", tap))),
  });
  return {
    parameters: { ...encoder.parameters, ...decoder.parameters },
    decode,
    run(given: Tensors, x: tf.Tensor, tap: Tap) {
      const h = tap("h", encoder.of(given)(x, within("encoder", tap)));
      return { h, ...decode(given, h, tap) };
    },
  };
}

/** The chapter's first autoencoder, in its modes. */
export function bottleneck(config: Config): Program {
  const settings = config as BottleneckConfig;
  const { mode, width, share } = settings;
  const model =
    mode === "linear"
      ? linearAutoencoder(width)
      : autoencoderOf({
          sizes: [pixels, hiddenUnits, width],
          activation: "relu",
          code: codes[mode],
        });
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    // #region denoising
    const x = tap("x", asRows(named(inputs, "x"))); // [m, n]
    const x_tilde = corrupted(x, share, inputs.u, tap); // [m, n]
    const { h, x_hat } = model.run(parameters, x_tilde, tap);
    const E = reconstructionError(x, x_hat, tap); // with x, not with x̃
    // #endregion
    return { h, x_hat, E };
  };
  return {
    parameters: model.parameters,
    ...(mode === "denoising" && {
      noise: { u: { kind: "uniform", shape: (examples: number) => [examples, pixels] } as const },
    }),
    forward: (parameters, inputs, tap) =>
      inputs.h ? model.decode(parameters, inputs.h, tap).x_hat : run(parameters, inputs, tap).x_hat,
    loss: (parameters, batch, tap) => {
      // #region penalty
      const { h, E } = run(parameters, batch, tap);
      const R = penaltyOn(h, settings, tap);
      return tap("L", R ? (E.add(R) as tf.Scalar) : E);
      // #endregion
    },
  };
}
