import { activationNamed } from "./activations.ts";
import { dropout } from "./dropout.ts";
import { initialiserNamed } from "./initialisers.ts";
import { type Linear, linearParameters } from "./linear.ts";
import { type Hidden, mlp, type Step, unchanged } from "./mlp.ts";
import { named } from "./named.ts";
import {
  batchNorm,
  batchNormOf,
  layerNorm,
  layerNormOf,
  normalisationFollows,
  normalisationNames,
  normalisationParameters,
} from "./normalisation.ts";
import type { Noise, ParameterSpec, Program, Tensors } from "./program.ts";
import { type Tap, within } from "./tap.ts";
import type * as tf from "./tf.ts";

/** A multilayer perceptron in words. */
export interface Multilayer {
  /** Inputs, units of each hidden layer, outputs: at least two numbers, each from 1. */
  readonly sizes: readonly number[];
  /** The name of each hidden layer's activation: two fewer than sizes. */
  readonly activations: readonly unknown[];
  /** One of `initialiserNames`. */
  readonly initialiser: unknown;
  /** One of `normalisationNames`, between z and the activation of every hidden layer. Default none. */
  readonly norm?: unknown;
  /** The probability with which a hidden unit is left out of a training step: from 0, below 1. Default 0. */
  readonly dropout?: number;
}

/** What a program needs of its network. */
export interface Network extends Required<Pick<Program, "parameters" | "noise" | "follows">> {
  /**
   * The logits for `x`. In `inputs` the draws for dropout, where there are any: `layers.0.u`, ….
   * `training` says whether batch normalisation uses the statistics of the batch itself.
   */
  logits(
    parameters: Tensors,
    x: tf.Tensor,
    inputs: Tensors,
    training: boolean,
    tap?: Tap,
  ): tf.Tensor;
  /** All weight matrices, without the biases: what a penalty looks at. */
  weights(parameters: Tensors): tf.Tensor[];
}

/**
 * The network that is described: its parameters `layers.0.W`, `layers.0.b`, … (`layers.0.norm.gamma`, …),
 * its draws for dropout, its running statistics and its forward pass.
 *
 * @throws RangeError saying what does not fit
 */
export function multilayer(spec: Multilayer): Network {
  const { sizes, dropout: p = 0 } = spec;
  check(spec);
  const norm = normalisationNames.find((name) => name === (spec.norm ?? "none")) ?? "none";
  const start = initialiserNamed(spec.initialiser);
  const activations = spec.activations.map(activationNamed);
  const layers = sizes.slice(1).map((_, i) => `layers.${i}`);
  const hiddenLayers = layers.slice(0, -1);

  const parameters: Record<string, ParameterSpec> = {};
  const noise: Record<string, Noise> = {};
  for (const [i, layer] of layers.entries()) {
    const [n, k] = sizes.slice(i, i + 2) as [number, number];
    Object.assign(parameters, linearParameters(layer, n, k, start(n, k)));
    if (i === hiddenLayers.length) break;
    Object.assign(parameters, normalisationParameters(norm, `${layer}.norm`, k));
    if (p > 0) noise[`${layer}.u`] = { kind: "uniform", shape: (examples) => [examples, k] };
  }

  const normOf = (layer: string, parameters: Tensors, training: boolean): Step => {
    const part = `${layer}.norm`;
    if (norm === "none") return unchanged;
    if (norm === "layer")
      return (z, tap) => layerNorm(layerNormOf(parameters, part), z, within("norm", tap));
    return (z, tap) => batchNorm(batchNormOf(parameters, part), z, training, within("norm", tap));
  };

  return {
    parameters,
    noise,
    follows: Object.assign(
      {},
      ...hiddenLayers.map((layer) => normalisationFollows(norm, `${layer}.norm`)),
    ),
    logits(parameters, x, inputs, training, tap) {
      const hidden = hiddenLayers.map((layer, i): Hidden => {
        const u = p > 0 ? inputs[`${layer}.u`] : undefined;
        return {
          ...linearOf(parameters, layer),
          g: activations[i] as Hidden["g"],
          norm: normOf(layer, parameters, training),
          drop: (a, part) => dropout(a, p, u, part),
        };
      });
      return mlp({ hidden, output: linearOf(parameters, layers.at(-1) as string) }, x, tap);
    },
    weights: (parameters) => layers.map((layer) => named(parameters, `${layer}.W`)),
  };
}

function linearOf(parameters: Tensors, layer: string): Linear {
  return { W: named(parameters, `${layer}.W`), b: named(parameters, `${layer}.b`) };
}

function check({ sizes, activations, norm = "none", dropout = 0 }: Multilayer): void {
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new RangeError(
      `Expected the sizes of at least two layers, whole numbers from 1, got [${sizes.join(", ")}].`,
    );
  }
  if (activations.length !== sizes.length - 2) {
    throw new RangeError(
      `Expected an activation for each of ${sizes.length - 2} hidden layers, got ${activations.length}.`,
    );
  }
  if (!normalisationNames.some((name) => name === norm)) {
    throw new RangeError(
      `Expected a normalisation (${normalisationNames.join(", ")}), got ${JSON.stringify(norm)}.`,
    );
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(`Expected a dropout probability from 0, below 1, got ${dropout}.`);
  }
}
