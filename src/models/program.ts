import type * as tf from "@tensorflow/tfjs-core";
import type { Tap } from "./tap.ts";

/** Tensors by name. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** How a parameter gets its first values. Drawn in `training/`; described here, beside the shape. */
export type Initialiser =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "values"; readonly values: readonly number[] }
  /** Normal with mean 0. */
  | { readonly kind: "normal"; readonly deviation: number }
  /** Uniform on [−limit, limit]. */
  | { readonly kind: "uniform"; readonly limit: number }
  /** Glorot & Bengio 2010, eq. 16: uniform, limit √(6 / (fanIn + fanOut)). */
  | { readonly kind: "xavier"; readonly fanIn: number; readonly fanOut: number }
  /** He et al. 2015, eq. 10: normal, deviation √(2 / fanIn). */
  | { readonly kind: "he"; readonly fanIn: number }
  /** The identity matrix times `gain`: `[H, H]`. Le, Jaitly & Hinton 2015, § 2. */
  | { readonly kind: "identity"; readonly gain: number }
  /**
   * A random matrix with orthonormal rows, or columns where there are fewer of them, times `gain`.
   * Saxe, McClelland & Ganguli 2014, § 3.
   */
  | { readonly kind: "orthogonal"; readonly gain: number }
  /**
   * sign · log u, with u uniform on [1, longest − 1], `longest` from 3: biases of gates that forget over
   * times up to `longest`. With `like`, the u of the parameter of that name. Tallec & Ollivier 2018, eq. 16.
   */
  | {
      readonly kind: "chrono";
      readonly longest: number;
      readonly sign: 1 | -1;
      readonly like?: string;
    };

export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initial: Initialiser;
}

/**
 * One tensor of a PyTorch state dict: blocks of the program's parameters, one under the other in this
 * order, or with `beside` one beside the other. Blocks `{ addedTo }` are added to that parameter when
 * read, and written as zeros: where PyTorch keeps two biases whose sum is all that counts. Blocks
 * `{ of, order }` are the parameter with its dimensions in that order (`[1, 0]`: transposed).
 */
export interface TorchTensor {
  readonly name: string;
  readonly rows: readonly TorchBlock[];
  /** PyTorch's shape, where it is not that of the blocks one under the other. */
  readonly shape?: readonly number[];
  readonly beside?: boolean;
}

export type TorchBlock =
  | string
  | { readonly addedTo: string }
  | { readonly of: string; readonly order: readonly number[] };

/** Random numbers that a training step needs fresh: dropout's uniform draws, a VAE's normal ones. */
export interface Noise {
  readonly kind: "uniform" | "normal";
  /** The shape for so many examples. */
  shape(examples: number): readonly number[];
}

/**
 * A model with its loss, as the engine runs it: a pure function over named tensors. It must not keep
 * or dispose tensors, and every name it taps must be distinct.
 */
export interface Program {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /**
   * Inputs that training draws anew at each step, by name. They are absent when the model is only
   * looked at, unless the reader gives them: dropout, for one, is then off.
   */
  readonly noise?: Readonly<Record<string, Noise>>;
  /**
   * Parameters that no gradient moves but that take the value of a tap after each training step, by
   * name: batch normalisation's running mean becomes what the model tapped as its next one.
   *
   * In a training step, and only there, the inputs hold `training`, a scalar 1, by which a model that
   * behaves differently then can tell.
   */
  readonly follows?: Readonly<Record<string, string>>;
  /**
   * Parameters that keep to an optimiser and a learning rate of their own, by name, whatever the lab's
   * settings say: four ways of descent side by side on one surface.
   */
  readonly optimisers?: Readonly<
    Record<
      string,
      {
        readonly rule: "sgd" | "momentum" | "rmsprop" | "adam";
        /** Default: the lab's. */
        readonly learningRate?: number;
      }
    >
  >;
  /**
   * Where several models stand side by side: what the names of each one's parameters begin with
   * (`rnn` for `rnn.W_h`). Clipping takes the gradient's norm for each alone.
   */
  readonly parts?: readonly string[];
  /**
   * How PyTorch names and packs the parameters, each of which stands in it once: with it the weights can
   * be exchanged with PyTorch in both directions.
   */
  readonly torch?: readonly TorchTensor[];
  /** The output for `inputs` (`inputs.x`, and more where the model takes more), every named quantity tapped. */
  forward(parameters: Tensors, inputs: Tensors, tap: Tap): tf.Tensor;
  /** The mean loss of a batch (`batch.x`, `batch.y`, …). Calls `forward` with the same tap, and taps `L`. */
  loss?(parameters: Tensors, batch: Tensors, tap: Tap): tf.Scalar;
  /** Figures of merit for a batch, by name (`accuracy`, …); each a scalar. */
  metrics?(parameters: Tensors, batch: Tensors): Readonly<Record<string, tf.Scalar>>;
}
