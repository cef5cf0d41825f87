import type { ActivationName } from "../../src/models/activations.ts";
import { bumps } from "../../src/models/bumps.ts";
import { chosenFeatures, type FeatureName, featuresOf } from "../../src/models/features.ts";
import type { InitialiserName } from "../../src/models/initialisers.ts";
import { type Multilayer, multilayer } from "../../src/models/multilayer.ts";
import { named } from "../../src/models/named.ts";
import type { NormalisationName } from "../../src/models/normalisation.ts";
import { answers, type Task } from "../../src/models/output.ts";
import type { Initialiser, Program, Tensors } from "../../src/models/program.ts";
import { type Tap, untapped } from "../../src/models/tap.ts";
import type * as tf from "../../src/models/tf.ts";
import type { Config } from "../../src/training/lab.ts";
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  l1Penalty,
  l2Penalty,
  squaredError,
} from "../../src/training/loss.ts";

type Position = 1 | 2 | 3 | 4 | 5 | 6;

/** Hidden layers as settings: of `units1` … `units6` and `activation1` … `activation6`, the first `depth` count. */
export type HiddenConfig = {
  /** Hidden layers, 0 to 6. */
  readonly depth: number;
  readonly initialiser: InitialiserName;
} & Readonly<Record<`units${Position}`, number>> & {
    /** Of every hidden layer that has none of its own. */
    readonly activation: ActivationName;
  } & Readonly<Partial<Record<`activation${Position}`, ActivationName>>>;

/** What a trained network may have besides. */
export type TrainingConfig = {
  readonly norm?: NormalisationName;
  /** The probability with which a hidden unit is left out: from 0, below 1. */
  readonly dropout?: number;
  /** λ of the penalty on every weight (no bias), from 0. */
  readonly l1?: number;
  readonly l2?: number;
};

/**
 * `mlp-playground`. Data: `x` [m, 2]; `y` [m] is 0 or 1 with two classes, the number of the class with
 * more, any number in regression.
 */
export type PlaygroundConfig = HiddenConfig &
  TrainingConfig & {
    readonly task: "classification" | "regression";
    /** Classes to tell apart, from 2. */
    readonly classes: number;
  } & Readonly<Record<FeatureName, boolean>>;

/** `mlp-iris`. Data: `x` [m, inputs], `y` [m], the number of the class, from 0. */
export type IrisConfig = HiddenConfig &
  TrainingConfig & {
    /** Columns that the network is given, from 1. */
    readonly inputs: number;
    /** From 2. */
    readonly classes: number;
  };

/** `mlp-shapes`. Data: `x` [m, inputs], `y` [m, outputs]. */
export type ShapesConfig = HiddenConfig & { readonly inputs: number; readonly outputs: number };

/** `mlp-bumps`. Data: `x` [m] between 0 and 1, `y` [m]. */
export type BumpsConfig = {
  /** Bumps, from 1: each takes two hidden units. */
  readonly bumps: number;
  /** The slope w that every hidden unit starts with: the sharpness of the edges. */
  readonly steepness: number;
};

const positions: readonly Position[] = [1, 2, 3, 4, 5, 6];

/** The network from `inputs` numbers to `outputs` that the settings describe. */
function described(config: HiddenConfig & TrainingConfig, inputs: number, outputs: number) {
  const hidden = positions.slice(0, config.depth);
  return multilayer({
    sizes: [inputs, ...hidden.map((i) => config[`units${i}`]), outputs],
    activations: hidden.map((i) => config[`activation${i}`] ?? config.activation),
    initialiser: config.initialiser,
    norm: config.norm,
    dropout: config.dropout ?? 0,
  } satisfies Multilayer);
}

// #region losses
const losses = {
  binary: (logits, y) => binaryCrossEntropy(logits.squeeze([-1]), y),
  classes: (logits, y) => categoricalCrossEntropy(logits, y),
  regression: (logits, y) => squaredError(logits.squeeze([-1]), y),
} satisfies Record<Task, (logits: tf.Tensor, y: tf.Tensor) => tf.Scalar>;
// #endregion

/** Whether each example is answered rightly, 1 or 0: `[m]`. */
const hits = {
  binary: (logits, y) => logits.squeeze([-1]).step().equal(y), // both say "1" where z > 0
  classes: (logits, y) => logits.argMax(-1).equal(y),
} satisfies Record<Exclude<Task, "regression">, (logits: tf.Tensor, y: tf.Tensor) => tf.Tensor>;

/** The taps of a loss: L, and where there is a penalty R, L_data without it. */
function penalised(
  data: tf.Scalar,
  weights: readonly tf.Tensor[],
  { l1 = 0, l2 = 0 }: TrainingConfig,
  tap: Tap,
): tf.Scalar {
  const L_data = tap("L_data", data);
  if (l1 === 0 && l2 === 0) return tap("L", L_data);
  // #region penalised
  const R = tap("R", l1Penalty(weights, l1).add(l2Penalty(weights, l2)));
  return tap("L", L_data.add(R));
  // #endregion
}

/** A network that answers a task; `seen` makes of the tapped x what the network is given. */
function answering(
  task: Task,
  config: HiddenConfig & TrainingConfig,
  inputs: number,
  outputs: number,
  seen: (x: tf.Tensor, tap: Tap) => tf.Tensor = (x) => x,
): Program {
  const { parameters, noise, follows, logits, weights } = described(config, inputs, outputs);
  const run = (parameters: Tensors, inputs: Tensors, tap: Tap) => {
    const given = seen(tap("x", named(inputs, "x")), tap);
    return logits(parameters, given, inputs, inputs.training !== undefined, tap);
  };
  const program: Program = {
    parameters,
    noise,
    follows,
    forward: (parameters, inputs, tap) => tap("y_hat", answers[task](run(parameters, inputs, tap))),
    loss: (parameters, batch, tap) => {
      const z = run(parameters, batch, tap);
      tap("y_hat", answers[task](z));
      const data = losses[task](z, tap("y", named(batch, "y")));
      return penalised(data, weights(parameters), config, tap);
    },
  };
  if (task === "regression") return program;
  return {
    ...program,
    metrics: (parameters, batch) => ({
      accuracy: hits[task](run(parameters, batch, untapped), named(batch, "y"))
        .toFloat()
        .mean(),
    }),
  };
}

/** Points of the plane, by classes or by a number. With two classes one output answers for both. */
function playground(config: Config): Program {
  const settings = config as PlaygroundConfig;
  const chosen = chosenFeatures(settings);
  const task = taskOf(settings);
  const outputs = task === "classes" ? settings.classes : 1;
  return answering(task, settings, chosen.length, outputs, (x, tap) => featuresOf(chosen, x, tap));
}

function taskOf({ task, classes }: PlaygroundConfig): Task {
  if (task === "regression") return "regression";
  return classes > 2 ? "classes" : "binary";
}

/** Flowers, or rows of the reader's own table, by classes: one output each, also where there are two. */
function iris(config: Config): Program {
  const settings = config as IrisConfig;
  return answering("classes", settings, settings.inputs, settings.classes);
}

/** A network of any shape, whose logits are its answer. Loss: (logits − y)², averaged over all entries. */
function shapes(config: Config): Program {
  const settings = config as ShapesConfig;
  const { parameters, logits } = described(settings, settings.inputs, settings.outputs);
  const run: Program["forward"] = (parameters, inputs, tap) =>
    logits(parameters, tap("x", named(inputs, "x")), inputs, false, tap);
  return {
    parameters,
    forward: run,
    loss: (parameters, batch, tap) => {
      const y_hat = run(parameters, batch, tap);
      return tap("L", squaredError(y_hat, tap("y", named(batch, "y"))));
    },
  };
}

/** Bumps side by side from 0 to 1, all of height 0. Loss: (ŷ − y)². */
function bumpBuilder(config: Config): Program {
  const { bumps: k, steepness } = config as BumpsConfig;
  const edges = Array.from({ length: 2 * k }, (_, unit) => Math.ceil(unit / 2) / k);
  const values = (list: readonly number[]): Initialiser => ({ kind: "values", values: list });
  const run: Program["forward"] = (parameters, inputs, tap) => {
    const of = (layer: string) => ({
      W: named(parameters, `${layer}.W`),
      b: named(parameters, `${layer}.b`),
    });
    return bumps({ hidden: of("layers.0"), output: of("layers.1") }, named(inputs, "x"), tap);
  };
  return {
    parameters: {
      "layers.0.W": { shape: [2 * k, 1], initial: { kind: "constant", value: steepness } },
      "layers.0.b": { shape: [2 * k], initial: values(edges.map((edge) => -steepness * edge)) },
      "layers.1.W": { shape: [1, 2 * k], initial: { kind: "constant", value: 0 } },
      "layers.1.b": { shape: [1], initial: { kind: "constant", value: 0 } },
    },
    forward: run,
    loss: (parameters, batch, tap) => {
      const y_hat = run(parameters, batch, tap);
      return tap("L", squaredError(y_hat, tap("y", named(batch, "y"))));
    },
  };
}

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "mlp-playground": playground,
  "mlp-bumps": bumpBuilder,
  "mlp-iris": iris,
  "mlp-shapes": shapes,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
