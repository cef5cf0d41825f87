import { activations } from "../activations.ts";
import { inPart, named } from "../named.ts";
import type { Initialiser, ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { untapped } from "../tap.ts";
import type * as tf from "../tf.ts";
import { rowsTimes, withBias } from "./attention.ts";

export interface FeedForward {
  /** `[d_model, d_ff]`. */
  readonly W_1: tf.Tensor;
  /** `[d_ff, d_model]`. */
  readonly W_2: tf.Tensor;
  /** `[d_ff]` and `[d_model]`; none in a model without biases. */
  readonly b_1?: tf.Tensor;
  readonly b_2?: tf.Tensor;
}

/**
 * The activations of a transformer's feed-forward layer: ReLU (Vaswani et al. 2017), GELU, and GELU by its
 * tanh approximation, z/2 (1 + tanh(√(2/π) (z + 0.044715 z³))), which GPT-2 was trained with (Hendrycks &
 * Gimpel 2016, § 2).
 */
// #region feedForwardActivations
export const feedForwardActivations = {
  relu: activations.relu,
  gelu: activations.gelu,
  geluTanh: (z: tf.Tensor) => {
    const inner = z.add(z.square().mul(z).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
    return z.div(2).mul(inner.tanh().add(1));
  },
} satisfies Record<string, (z: tf.Tensor) => tf.Tensor>;
// #endregion

export type FeedForwardActivation = keyof typeof feedForwardActivations;

/**
 * The feed-forward layer: FFN(x) = g(x W_1 + b_1) W_2 + b_2, at each place by itself, everywhere the same.
 *
 * `x` is `[B, T, d_model]`, and so is the result. Taps z and a `[B, T, d_ff]`, out `[B, T, d_model]`.
 * Vaswani et al. 2017, eq. 2.
 */
// #region feedForward
export function feedForward(
  { W_1, b_1, W_2, b_2 }: FeedForward,
  x: tf.Tensor,
  g: (z: tf.Tensor) => tf.Tensor,
  tap = untapped,
) {
  const z = tap("z", withBias(rowsTimes(x, W_1), b_1)); // [B, T, d_ff]
  const a = tap("a", g(z)); // [B, T, d_ff]
  return tap("out", withBias(rowsTimes(a, W_2), b_2)); // [B, T, d_model]
}
// #endregion

export interface FeedForwardSizes {
  readonly d_model: number;
  readonly d_ff: number;
  readonly biases: boolean;
}

/** The 2·d_model·d_ff weights of a feed-forward layer within `part`, and its biases. They start as PyTorch's `nn.Linear` does. */
export function feedForwardParameters(
  part: string,
  { d_model, d_ff, biases }: FeedForwardSizes,
): Record<string, ParameterSpec> {
  const own = inPart(part);
  const layer = (i: 1 | 2, n: number, k: number) => {
    const initial: Initialiser = { kind: "uniform", limit: 1 / Math.sqrt(n) };
    return {
      [own(`W_${i}`)]: { shape: [n, k], initial },
      ...(biases && { [own(`b_${i}`)]: { shape: [k], initial } }),
    };
  };
  return { ...layer(1, d_model, d_ff), ...layer(2, d_ff, d_model) };
}

/** The layer within `part`; biases where there are any. */
export function feedForwardOf(parameters: Tensors, part: string): FeedForward {
  const own = inPart(part);
  const { [own("b_1")]: b_1, [own("b_2")]: b_2 } = parameters;
  return {
    W_1: named(parameters, own("W_1")),
    W_2: named(parameters, own("W_2")),
    ...(b_1 && b_2 && { b_1, b_2 }),
  };
}

/** The layer within `part` as the two `nn.Linear` of PyTorch's transformer layers, within `module`. */
export function feedForwardTorch(part: string, biases: boolean, module = part): TorchTensor[] {
  const [own, theirs] = [inPart(part), inPart(module)];
  return [1, 2].flatMap((i) =>
    transposedLinear(theirs(`linear${i}`), own(`W_${i}`), biases && own(`b_${i}`)),
  );
}

/** A matrix that stands on the right, `[n, k]`, as PyTorch's `nn.Linear` of that name, `[k, n]`. */
export function transposedLinear(name: string, W: string, b: string | false): TorchTensor[] {
  return [
    { name: `${name}.weight`, rows: [{ of: W, order: [1, 0] }] },
    ...(b ? [{ name: `${name}.bias`, rows: [b] }] : []),
  ];
}
