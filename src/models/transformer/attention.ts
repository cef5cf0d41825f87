import { inPart, named } from "../named.ts";
import type { Initialiser, ParameterSpec, Tensors, TorchTensor } from "../program.ts";
import { untapped } from "../tap.ts";
import * as tf from "../tf.ts";
import { maskedSoftmax } from "./masks.ts";

/**
 * The weights of h heads, one matrix a head: head i reads x W_Q[i]. PyTorch packs all of them into one
 * `in_proj_weight`. Here each is a matrix of its own, because a head is the unit of what the model does:
 * W_Q[i] W_K[i]ᵀ and W_V[i] W_O[i] say what head i looks for and what it moves, and one head can be read,
 * edited or taken out without the others. Vectors are rows and matrices stand on their right, as in the
 * paper.
 */
export interface Attention {
  /** From x to queries, `[h, d_model, d_k]`. */
  readonly W_Q: tf.Tensor;
  /** From the context to keys, `[h, d_model, d_k]`. */
  readonly W_K: tf.Tensor;
  /** From the context to values, `[h, d_model, d_v]`. */
  readonly W_V: tf.Tensor;
  /** From what the heads gathered back to the stream, `[h, d_v, d_model]`. */
  readonly W_O: tf.Tensor;
  /** `[h, d_k]`, `[h, d_k]`, `[h, d_v]` and `[d_model]`; none in a model without biases. */
  readonly b_Q?: tf.Tensor;
  readonly b_K?: tf.Tensor;
  readonly b_V?: tf.Tensor;
  readonly b_O?: tf.Tensor;
}

/** Keys and values, `[B, h, T′, d_k]` and `[B, h, T′, d_v]`. */
export interface KeysAndValues {
  readonly K: tf.Tensor;
  readonly V: tf.Tensor;
}

/**
 * Scaled dot-product attention: S = Q Kᵀ / √d_k, A = softmax(S) over the keys, Z = A V. Row i of A says
 * how query i shares its attention among the keys; each row sums to 1.
 *
 * Q is `[…, T, d_k]`, K `[…, T′, d_k]`, V `[…, T′, d_v]`; M, of zeros and ones, hides keys. Taps QK (the
 * products before they are scaled), S, A and Z. Without `scaled` S is QK itself. Vaswani et al. 2017, eq. 1.
 */
// #region attention
export function attention(
  Q: tf.Tensor,
  { K, V }: KeysAndValues,
  { M, scaled = true }: { readonly M?: tf.Tensor | undefined; readonly scaled?: boolean } = {},
  tap = untapped,
) {
  const d_k = Q.shape.at(-1) as number;
  const QK = tap("QK", Q.matMul(K, false, true)); // Q Kᵀ: [B, h, T, T′]
  const S = tap("S", scaled ? QK.div(Math.sqrt(d_k)) : QK); // [B, h, T, T′]
  const A = tap("A", maskedSoftmax(S, M)); // [B, h, T, T′]
  return tap("Z", A.matMul(V)); // [B, h, T, d_v]
}
// #endregion

export interface Attending {
  /** What keys and values are made of, `[B, T′, d_model]`. Default: x itself (self-attention). */
  readonly context?: tf.Tensor;
  /** Which keys count, of zeros and ones: broadcasts to `[B, h, T, T′]`. */
  readonly M?: tf.Tensor | undefined;
  /** Whether to divide by √d_k. Default: yes. */
  readonly scaled?: boolean;
  /** Taps gate, `[h, 1, 1]`, ones: what is put in its place scales each head's Z, and 0 takes the head out. */
  readonly gated?: boolean;
  /** Makes of this call's keys and values those that are looked at: a cache puts the earlier ones before. */
  readonly remember?: (made: KeysAndValues) => KeysAndValues;
}

/**
 * Multi-head attention: every head attends for itself, with queries of x and keys and values of the
 * context; what they gathered lies side by side, and W_O takes it back to the stream. That is the sum
 * over the heads of Z[i] W_O[i].
 *
 * `x` is `[B, T, d_model]`, and so is the result. Taps Q, K, V, QK, S, A, Z by head, `[B, h, …]`; concat
 * `[B, T, h·d_v]` and out `[B, T, d_model]`. Vaswani et al. 2017, § 3.2.2; PyTorch's `nn.MultiheadAttention`.
 */
// #region multiHead
export function multiHead(
  { W_Q, W_K, W_V, W_O, b_Q, b_K, b_V, b_O }: Attention,
  x: tf.Tensor,
  { context = x, M, scaled = true, gated = false, remember = (made) => made }: Attending = {},
  tap = untapped,
) {
  const Q = tap("Q", byHead(x, W_Q, b_Q)); // [B, h, T, d_k]
  const K = tap("K", byHead(context, W_K, b_K)); // [B, h, T′, d_k]
  const V = tap("V", byHead(context, W_V, b_V)); // [B, h, T′, d_v]
  const Z = attention(Q, remember({ K, V }), { M, scaled }, tap); // [B, h, T, d_v]
  const gate = gated ? tap("gate", tf.ones([W_Q.shape[0] as number, 1, 1])) : undefined; // [h, 1, 1]
  const concat = tap("concat", sideBySide(gate ? Z.mul(gate) : Z)); // [B, T, h·d_v]
  return tap("out", withBias(rowsTimes(concat, stackedHeads(W_O)), b_O)); // [B, T, d_model]
}
// #endregion

/** x W[i] + b[i] for every head i, in one product: `[B, T, d]` and `[h, d, k]` give `[B, h, T, k]`. */
// #region byHead
function byHead(x: tf.Tensor, W: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  const [h, d, k] = W.shape as [number, number, number];
  const [B, T] = x.shape as [number, number];
  const wide = W.transpose([1, 0, 2]).reshape([d, h * k]); // the heads' matrices side by side
  const all = withBias(rowsTimes(x, wide), b?.reshape([h * k])); // [B, T, h·k]
  return all.reshape([B, T, h, k]).transpose([0, 2, 1, 3]); // [B, h, T, k]
}
// #endregion

/** What the heads gathered, side by side: `[B, h, T, k]` gives `[B, T, h·k]`. */
function sideBySide(Z: tf.Tensor): tf.Tensor {
  const [B, h, T, k] = Z.shape as [number, number, number, number];
  return Z.transpose([0, 2, 1, 3]).reshape([B, T, h * k]);
}

/** W_O[0], W_O[1], … one under the other: `[h, k, d]` gives `[h·k, d]`. */
function stackedHeads(W_O: tf.Tensor): tf.Tensor {
  const [h, k, d] = W_O.shape as [number, number, number];
  return W_O.reshape([h * k, d]);
}

/** Every row of x times W: `[…, d]` and `[d, k]` give `[…, k]`. */
export function rowsTimes(x: tf.Tensor, W: tf.Tensor): tf.Tensor {
  const [d, k] = W.shape as [number, number];
  return x
    .reshape([-1, d])
    .matMul(W)
    .reshape([...x.shape.slice(0, -1), k]);
}

export function withBias(x: tf.Tensor, b: tf.Tensor | undefined): tf.Tensor {
  return b ? x.add(b) : x;
}

export interface HeadSizes {
  readonly d_model: number;
  readonly heads: number;
  /** Numbers in a query, a key and a value. */
  readonly d_head: number;
  readonly biases: boolean;
}

/**
 * The parameters of h heads within `part`: 4·h·d_model·d_head, and 3·h·d_head + d_model biases. Queries,
 * keys and values start as PyTorch's do, uniform with the limit √(6 / (4·d_model)) when heads fill the
 * stream; the output uniform with the limit 1/√(h·d_head), biases 0.
 */
export function attentionParameters(
  part: string,
  { d_model, heads, d_head, biases }: HeadSizes,
): Record<string, ParameterSpec> {
  const own = inPart(part);
  // PyTorch draws the three as one matrix [3·h·d_head, d_model].
  const read: Initialiser = { kind: "xavier", fanIn: d_model, fanOut: 3 * heads * d_head };
  const write: Initialiser = { kind: "uniform", limit: 1 / Math.sqrt(heads * d_head) };
  const zero: Initialiser = { kind: "constant", value: 0 };
  const reading = (name: string) => ({
    [own(`W_${name}`)]: { shape: [heads, d_model, d_head], initial: read },
    ...(biases && { [own(`b_${name}`)]: { shape: [heads, d_head], initial: zero } }),
  });
  return {
    ...reading("Q"),
    ...reading("K"),
    ...reading("V"),
    [own("W_O")]: { shape: [heads, d_head, d_model], initial: write },
    ...(biases && { [own("b_O")]: { shape: [d_model], initial: zero } }),
  };
}

/** The heads within `part`; biases where there are any. */
export function attentionOf(parameters: Tensors, part: string): Attention {
  const own = inPart(part);
  const of = (name: string) => named(parameters, own(name));
  const { [own("b_Q")]: b_Q, [own("b_K")]: b_K, [own("b_V")]: b_V } = parameters;
  const b_O = parameters[own("b_O")];
  return {
    W_Q: of("W_Q"),
    W_K: of("W_K"),
    W_V: of("W_V"),
    W_O: of("W_O"),
    ...(b_Q && b_K && b_V && b_O && { b_Q, b_K, b_V, b_O }),
  };
}

/** The heads within `part` as PyTorch's `nn.MultiheadAttention` named `module`. */
export function attentionTorch(
  part: string,
  { d_model, heads, d_head, biases }: HeadSizes,
  module = part,
): TorchTensor[] {
  const own = inPart(part);
  const theirs = inPart(module);
  const width = heads * d_head;
  const each = (kind: string) => ["Q", "K", "V"].map((name) => own(`${kind}_${name}`));
  return [
    {
      name: theirs("in_proj_weight"),
      shape: [3 * width, d_model],
      rows: each("W").map((of) => ({ of, order: [0, 2, 1] })),
    },
    ...(biases ? [{ name: theirs("in_proj_bias"), shape: [3 * width], rows: each("b") }] : []),
    {
      name: theirs("out_proj.weight"),
      shape: [d_model, width],
      rows: [{ of: own("W_O"), order: [2, 0, 1] }],
    },
    ...(biases ? [{ name: theirs("out_proj.bias"), rows: [own("b_O")] }] : []),
  ];
}
