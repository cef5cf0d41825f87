import { activationNamed } from "./activations.ts";
import { dropout } from "./dropout.ts";
import { initialiserNamed } from "./initialisers.ts";
import { linearOf, linearParameters } from "./linear.ts";
import { type Hidden, mlp } from "./mlp.ts";
import { named } from "./named.ts";
import {
  type NormalisationName,
  normalisationFollows,
  normalisationNames,
  normalisationParameters,
  normalised,
} from "./normalisation.ts";
import type { Noise, Program, Tensors } from "./program.ts";
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
  check(spec);
  const { sizes, dropout: p = 0 } = spec;
  const norm = (spec.norm ?? "none") as NormalisationName;
  const start = initialiserNamed(spec.initialiser);
  const layers = sizes.slice(1).map((k, i) => ({ name: `layers.${i}`, n: sizes[i] as number, k }));
  const hidden = spec.activations.map((activation, i) => {
    const { name, k } = layers[i] as (typeof layers)[number];
    return { name, k, norm: `${name}.norm`, u: `${name}.u`, g: activationNamed(activation) };
  });
  const output = `layers.${hidden.length}`;

  return {
    parameters: joined(
      layers.map(({ name, n, k }, i) => ({
        ...linearParameters(name, n, k, start(n, k)),
        ...(hidden[i] && normalisationParameters(norm, hidden[i].norm, k)),
      })),
    ),
    noise: joined(p === 0 ? [] : hidden.map(({ u, k }) => ({ [u]: uniform(k) }))),
    follows: joined(hidden.map((layer) => normalisationFollows(norm, layer.norm))),
    logits(parameters, x, inputs, training, tap) {
      const parts = hidden.map(
        (layer): Hidden => ({
          ...linearOf(parameters, layer.name),
          g: layer.g,
          norm: (z, part) =>
            normalised(norm, layer.norm, parameters, z, training, within("norm", part)),
          drop: (a, part) => dropout(a, p, p > 0 ? inputs[layer.u] : undefined, part),
        }),
      );
      return mlp({ hidden: parts, output: linearOf(parameters, output) }, x, tap);
    },
    weights: (parameters) => layers.map(({ name }) => named(parameters, `${name}.W`)),
  };
}

function joined<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}

/** A uniform draw for each of k units. */
function uniform(k: number): Noise {
  return { kind: "uniform", shape: (examples) => [examples, k] };
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
