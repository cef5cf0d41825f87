import { asRows, autoencoderOf, corrupted } from "../../src/models/autoencoder.ts";
import { cnnOf } from "../../src/models/cnn.ts";
import { convolution, convolutionParameters, kernelsOf } from "../../src/models/convolution.ts";
import { initialisers } from "../../src/models/initialisers.ts";
import { named } from "../../src/models/named.ts";
import { averagePool, maxPool } from "../../src/models/pooling.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import { plainSample, reparameterise, scoreFunction, vaeOf } from "../../src/models/vae.ts";
import { bernoulliCost, gaussianCost, gaussianKl, negativeElbo } from "../../src/training/elbo.ts";
import type { Config } from "../../src/training/lab.ts";
import { categoricalCrossEntropy, squaredError } from "../../src/training/loss.ts";
import { klSparsity, l1Sparsity } from "../../src/training/sparsity.ts";

/** One convolution, against its target y. */
function convolving(config: Config): Program {
  const { c_in, c_out, kernel, stride, padding, dilation } = config as Record<string, number>;
  const forward = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const layer = {
      ...kernelsOf(parameters, ""),
      stride: stride!,
      padding: padding!,
      dilation: dilation!,
    };
    return convolution(layer, tap("x", named(inputs, "x")), tap);
  };
  return {
    parameters: convolutionParameters("", [c_in!, c_out!], kernel!, initialisers.he(9)),
    forward,
    loss: (parameters, batch, tap) =>
      tap("L", squaredError(forward(parameters, batch, tap), named(batch, "y"))),
  };
}

/** Pooling, against its target y. */
function pooling(config: Config): Program {
  const { kind, size, stride } = config as { kind: string; size: number; stride: number };
  const forward = (_: Tensors, inputs: Tensors, tap: Tap) =>
    tap(
      "p",
      (kind === "max" ? maxPool : averagePool)(tap("x", named(inputs, "x")), { size, stride }),
    );
  return {
    parameters: {},
    forward,
    loss: (parameters, batch, tap) =>
      tap("L", squaredError(forward(parameters, batch, tap), named(batch, "y"))),
  };
}

/** A small network of two stages, told the classes. */
export function classifying(config: Config): Program {
  const { size, pool, activation, classes } = config as {
    size: number;
    pool: "max" | "average" | "none";
    activation: "relu" | "tanh";
    classes: number;
  };
  const { parameters, logits } = cnnOf({
    size,
    maps: [2, 3],
    window: { kernel: 3 },
    pool: { kind: pool, size: 2 },
    activation,
    classes,
  });
  return {
    parameters,
    forward: (given, inputs, tap) => logits(given, named(inputs, "x"), tap),
    loss: (given, batch, tap) => {
      const z = logits(given, named(batch, "x"), tap);
      return tap("L", categoricalCrossEntropy(z, named(batch, "y")));
    },
  };
}

/** An autoencoder, undercomplete, sparse in one way or another, or denoising. */
function autoencoding(config: Config): Program {
  const { code, penalty, share } = config as {
    code: "identity" | "sigmoid";
    penalty: string;
    share: number;
  };
  const { parameters, run } = autoencoderOf({ sizes: [6, 4, 3], activation: "tanh", code });
  const pass = (given: Tensors, inputs: Tensors, tap: Tap) =>
    run(given, corrupted(asRows(named(inputs, "x")), share, inputs.u, tap), tap);
  return {
    parameters,
    forward: (given, inputs, tap) => pass(given, inputs, tap).x_hat,
    loss: (given, batch, tap) => {
      const { h, logits } = pass(given, batch, tap);
      const cost = bernoulliCost(logits, asRows(named(batch, "x"))).mean();
      if (penalty === "none") return tap("L", cost as tf.Scalar);
      const R = penalty === "l1" ? l1Sparsity(h, 0.3) : klSparsity(h, 0.1, 0.5, tap);
      return tap("L", tap("reconstruction", cost).add(tap("R", R)) as tf.Scalar);
    },
  };
}

/** A variational autoencoder, its noise given. */
function variational(config: Config): Program {
  const { likelihood, beta, freeBits, classes, sampling } = config as {
    likelihood: "bernoulli" | "gaussian";
    beta: number;
    freeBits: number;
    classes: number;
    sampling: "reparameterised" | "plain" | "score";
  };
  const vae = vaeOf({ pixels: 6, hidden: [4], z: 2, activation: "tanh", classes });
  const pass = (given: Tensors, inputs: Tensors, tap: Tap) => {
    const q = vae.encode(given, named(inputs, "x"), inputs.y, tap);
    const draw = sampling === "reparameterised" ? reparameterise : plainSample;
    const z = draw(q, inputs.epsilon, tap);
    return { q, z, ...vae.decode(given, z, inputs.y, tap) };
  };
  return {
    parameters: vae.parameters,
    noise: vae.noise,
    forward: (given, inputs, tap) => pass(given, inputs, tap).x_hat,
    loss: (given, batch, tap) => {
      const { q, z, logits, x_hat } = pass(given, batch, tap);
      const x = named(batch, "x");
      const plain =
        likelihood === "bernoulli" ? bernoulliCost(logits, x) : gaussianCost(x_hat, x, 0.4);
      const cost = sampling === "score" ? scoreFunction(plain, q, z, 2) : plain;
      return negativeElbo({ cost, kl: tap("kl", gaussianKl(q)), beta, freeBits }, tap);
    },
  };
}

/** The programs of the golden cases of images.json, by name. */
export const imagePrograms: Readonly<Record<string, (config: Config) => Program>> = {
  convolution: convolving,
  pooling,
  cnn: classifying,
  autoencoder: autoencoding,
  vae: variational,
};
