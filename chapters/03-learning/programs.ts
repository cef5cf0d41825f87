import { type ActivationName, activationNamed } from "../../src/models/activations.ts";
import type { InitialiserName } from "../../src/models/initialisers.ts";
import { multilayer } from "../../src/models/multilayer.ts";
import { named } from "../../src/models/named.ts";
import type { NormalisationName } from "../../src/models/normalisation.ts";
import { answers } from "../../src/models/output.ts";
import type { ParameterSpec, Program, Tensors } from "../../src/models/program.ts";
import {
  type ScalarNetwork,
  scalarNetwork,
  scalarWeights,
  slope,
} from "../../src/models/scalarNetwork.ts";
import { type SurfaceName, surfaces } from "../../src/models/surfaces.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import { tinyNetwork } from "../../src/models/tinyNetwork.ts";
import type { Config, OptimiserName } from "../../src/training/lab.ts";
import { binaryCrossEntropy, l2Penalty, squaredError } from "../../src/training/loss.ts";
import { mapEnd, placesOf, trailLength } from "./surfaceMaps.ts";
import { bestWeights } from "./tinyWeights.ts";

/**
 * `learning-descent`. Data: `x` [m], `y` [m]; the test surfaces do not look at them. A probe with
 * `theta` [g, 2] (and `x`, `y` [m]) gives the height `J` [g] of the surface at these points.
 */
export type DescentConfig = {
  /** A test surface, or the true loss of a line ŷ = θ₁ x + θ₂ or of a 1-2-1 network. */
  readonly surface: SurfaceName | "line" | "network";
  /** The two weights of the network that are θ₁ and θ₂: "w_1 v_1". */
  readonly weights: string;
  /** Where all four begin. */
  readonly startX: number;
  readonly startY: number;
  readonly rateSgd: number;
  readonly rateMomentum: number;
  readonly rateRmsprop: number;
  readonly rateAdam: number;
};

/** `learning-backprop`. Data: `x` [m, 2], `y` [m]. */
export type BackpropConfig = {
  /** g of the two hidden units. */
  readonly activation: ActivationName;
  /** f of the output. */
  readonly output: ActivationName;
};

/** `learning-signals`. Data: `x` [m, inputs], `y` [m], 0 or 1. */
export type SignalsConfig = {
  readonly inputs: number;
  /** Hidden layers, from 0. */
  readonly depth: number;
  /** Units of each, from 1. */
  readonly width: number;
  readonly activation: ActivationName;
  readonly initialiser: InitialiserName;
  readonly norm: NormalisationName;
};

/** `learning-overfitting`. Data: `x` [m] and any `y` [m] for a curve; `x` [m, 2] and `y` [m], 0 or 1, for the plane. */
export type OverfittingConfig = {
  /** Default: the curve. */
  readonly task?: "curve" | "plane";
  readonly depth: number;
  readonly width: number;
  readonly activation: ActivationName;
  /** Default: Xavier's. */
  readonly initialiser?: InitialiserName;
  readonly norm?: NormalisationName;
  /** The probability with which a hidden unit is left out: from 0, below 1. */
  readonly dropout: number;
  /** λ of the L2 penalty on every weight (no bias), from 0. */
  readonly weightDecay: number;
};

type Heights = (theta: tf.Tensor, inputs: Tensors) => tf.Tensor;

/** The mean squared error of the line ŷ = θ₁ x + θ₂, for each row of θ `[g, 2]`: `[g]`. */
// #region lineSurface
const lineSurface: Heights = (theta, inputs) => {
  const [w, b] = theta.split(2, 1) as [tf.Tensor, tf.Tensor]; // [g, 1] each
  const y_hat = w.mul(named(inputs, "x")).add(b); // [g, m]
  return y_hat.sub(named(inputs, "y")).square().mean(-1); // [g]
};
// #endregion

/**
 * The mean squared error of a 1-2-1 network in which two weights are θ₁ and θ₂ and the others stand at
 * their best, for each row of θ `[g, 2]`: `[g]`.
 */
function networkSurface(chosen: readonly number[]): Heights {
  const others = bestWeights.map((weight, i) => (chosen.includes(i) ? 0 : weight));
  const places = chosen.map((place) => bestWeights.map((_, i) => (i === place ? 1 : 0)));
  // #region networkSurface
  return (theta, inputs) => {
    const all = theta.matMul(tf.tensor2d(places)).add(tf.tensor1d(others)); // [g, 7]
    const y_hat = tinyNetwork(all, named(inputs, "x")); // [g, m]
    return y_hat.sub(named(inputs, "y")).square().mean(-1); // [g]
  };
  // #endregion
}

function heightsOf({ surface, weights }: DescentConfig): Heights {
  if (surface === "line") return lineSurface;
  if (surface === "network") return networkSurface(placesOf(weights));
  return (theta) => {
    const [theta_1, theta_2] = theta.unstack(1) as [tf.Tensor, tf.Tensor]; // [g] each
    return surfaces[surface](theta_1, theta_2); // [g]
  };
}

const runners = ["sgd", "momentum", "rmsprop", "adam"] as const satisfies readonly OptimiserName[];

/** The last points of a descent, oldest first, `[t, 2]`, with the newest put at the end. */
function followed(trail: tf.Tensor, theta: tf.Tensor): tf.Tensor {
  return tf.concat([trail.slice([1, 0]), theta.expandDims(0)]); // [t, 2]
}

/**
 * Four descents of one surface from one point, one for each optimiser, each with its own learning rate.
 * Loss: the sum of their heights, so that none feels the others. Far outside of the map the surface is
 * level: who flies off stays finite. `trail.sgd` and its like hold the last points that each has left.
 */
function descent(config: Config): Program {
  const settings = config as DescentConfig;
  const { startX, startY, rateSgd, rateMomentum, rateRmsprop, rateAdam } = settings;
  const heights = heightsOf(settings);
  const rates = { sgd: rateSgd, momentum: rateMomentum, rmsprop: rateRmsprop, adam: rateAdam };
  const start = [startX, startY];
  const starts = Array.from({ length: trailLength }, () => start).flat();
  const theta: ParameterSpec = { shape: [2], initial: { kind: "values", values: start } };
  const trail: ParameterSpec = {
    shape: [trailLength, 2],
    initial: { kind: "values", values: starts },
  };
  const each = <T>(of: (name: OptimiserName) => [string, T]) => Object.fromEntries(runners.map(of));
  const run: Program["forward"] = (parameters, inputs, tap) => {
    if (inputs.theta) return tap("J", heights(inputs.theta, inputs)); // [g]
    const points = runners.map((name) => named(parameters, `theta.${name}`)); // [2] each
    for (const [i, name] of runners.entries()) {
      const trailed = followed(named(parameters, `trail.${name}`), points[i] as tf.Tensor);
      tap(`next_trail.${name}`, trailed); // [t, 2]
    }
    // #region fourPoints
    const theta = tf.stack(points).clipByValue(-mapEnd, mapEnd); // [4, 2]
    return tap("J", heights(theta, inputs)); // [4]
    // #endregion
  };
  return {
    parameters: {
      ...each((name) => [`theta.${name}`, theta]),
      ...each((name) => [`trail.${name}`, trail]),
    },
    follows: each((name) => [`trail.${name}`, `next_trail.${name}`]),
    optimisers: each((name) => [`theta.${name}`, { rule: name, learningRate: rates[name] }]),
    forward: run,
    loss: (parameters, batch, tap) => tap("L", run(parameters, batch, tap).sum()),
  };
}

/** The value, or, where the input `nudge NAME` is given, as much more: what a finite difference needs. */
function nudged<T extends tf.Tensor>(inputs: Tensors, name: string, value: T): T {
  const by = inputs[`nudge ${name}`];
  return by ? value.add(by) : value;
}

/** A tap whose quantities can be nudged. */
function nudging(inputs: Tensors, tap: Tap): Tap {
  return (name, value) => tap(name, nudged(inputs, name, value));
}

/**
 * A 2-2-1 network of scalars, with the slopes g′ and f′ that the chain rule multiplies by as taps
 * slope_1, slope_2 and slope. Loss: e², e = ŷ − y, averaged over the examples.
 */
function backprop(config: Config): Program {
  const { activation, output } = config as BackpropConfig;
  const [g, f] = [activationNamed(activation), activationNamed(output)];
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const weights = Object.fromEntries(
      scalarWeights.map((name) => [name, nudged(inputs, name, named(parameters, name))]),
    ) as ScalarNetwork;
    const x = named(inputs, "x");
    const { z_1, z_2, z, y_hat } = scalarNetwork(weights, x, { g, f }, nudging(inputs, tap));
    tap("slope_1", slope(g, z_1));
    tap("slope_2", slope(g, z_2));
    tap("slope", slope(f, z));
    return y_hat;
  };
  return {
    parameters: startOfScalars,
    forward: run,
    loss: (parameters, batch, tap) => {
      // #region scalarLoss
      const y_hat = run(parameters, batch, tap);
      const e = nudging(batch, tap)("e", y_hat.sub(tap("y", named(batch, "y"))));
      return tap("L", e.square().mean());
      // #endregion
    },
  };
}

/** Numbers short enough to multiply by hand. */
const startOfScalars = Object.fromEntries(
  Object.entries({
    w_11: 0.5,
    w_12: -1,
    w_21: 1,
    w_22: 0.5,
    b_1: 0.5,
    b_2: -0.5,
    v_1: 1,
    v_2: -1.5,
    c: 0.25,
  } satisfies Record<(typeof scalarWeights)[number], number>).map(([name, value]) => [
    name,
    { shape: [], initial: { kind: "constant", value } } satisfies ParameterSpec,
  ]),
);

/**
 * A deep network with one logit. Batch normalisation takes the statistics of any batch it is shown, also
 * out of training: what is on show are the signals of a training step. Loss: cross-entropy, whose
 * gradient at the logit is at most 1/m however large the signal, so that what explodes stays finite.
 */
function signals(config: Config): Program {
  const { inputs, depth, width, activation, initialiser, norm } = config as SignalsConfig;
  const hidden = Array.from({ length: depth }, () => width);
  const { parameters, follows, logits } = multilayer({
    sizes: [inputs, ...hidden, 1],
    activations: hidden.map(() => activation),
    initialiser,
    norm,
  });
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x"));
    return logits(parameters, x, inputs, x.rank === 2, tap);
  };
  return {
    parameters,
    follows,
    forward: (parameters, inputs, tap) =>
      tap("y_hat", answers.binary(run(parameters, inputs, tap))),
    loss: (parameters, batch, tap) => {
      const z = run(parameters, batch, tap);
      tap("y_hat", answers.binary(z));
      return tap("L", binaryCrossEntropy(z.squeeze([-1]), tap("y", named(batch, "y"))));
    },
  };
}

/** A network too large for its data: a curve through points, or a border between them. */
function overfitting(config: Config): Program {
  const settings = config as OverfittingConfig;
  const { task = "curve", depth, width, weightDecay, initialiser = "xavier" } = settings;
  const isCurve = task === "curve";
  const hidden = Array.from({ length: depth }, () => width);
  const { parameters, noise, follows, logits, weights } = multilayer({
    sizes: [isCurve ? 1 : 2, ...hidden, 1],
    activations: hidden.map(() => settings.activation),
    initialiser,
    norm: settings.norm,
    dropout: settings.dropout,
  });
  const answer = isCurve ? answers.regression : answers.binary;
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const x = tap("x", named(inputs, "x"));
    const given = isCurve ? x.expandDims(-1) : x; // [m, 1] or [m, 2]
    return logits(parameters, given, inputs, inputs.training !== undefined, tap);
  };
  return {
    parameters,
    noise,
    follows,
    forward: (parameters, inputs, tap) => tap("y_hat", answer(run(parameters, inputs, tap))),
    loss: (parameters, batch, tap) => {
      const z = run(parameters, batch, tap);
      const y_hat = tap("y_hat", answer(z));
      const y = tap("y", named(batch, "y"));
      const L_data = isCurve ? squaredError(y_hat, y) : binaryCrossEntropy(z.squeeze([-1]), y);
      // #region decayed
      const R = tap("R", l2Penalty(weights(parameters), weightDecay));
      return tap("L", tap("L_data", L_data).add(R));
      // #endregion
    },
    metrics: (parameters, batch): Readonly<Record<string, tf.Scalar>> => {
      if (isCurve) return {};
      const said = run(parameters, batch, untapped).squeeze([-1]).step(); // 1 where z > 0
      return { accuracy: said.equal(named(batch, "y")).toFloat().mean() };
    },
  };
}

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "learning-descent": descent,
  "learning-backprop": backprop,
  "learning-signals": signals,
  "learning-overfitting": overfitting,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
