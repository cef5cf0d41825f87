import { inPart, named } from "./named.ts";
import type { Initialiser, ParameterSpec, Tensors, TorchTensor } from "./program.ts";
import type * as tf from "./tf.ts";

export interface Linear {
  /** The weights, `[k, n]`: one row an output, as PyTorch stores them. */
  readonly W: tf.Tensor;
  /** The biases, `[k]`. */
  readonly b: tf.Tensor;
}

/**
 * The linear layer: X Wᵀ + b, from n numbers to k, without activation. (With a bias it is, strictly, affine.)
 *
 * `X` is one example `[n]` or a batch `[m, n]`, one example a row; the result `[k]` or `[m, k]`.
 * PyTorch's `nn.Linear`; Goodfellow et al. 2016, eq. 6.2 with the examples as rows.
 */
// #region linear
export function linear({ W, b }: Linear, X: tf.Tensor): tf.Tensor {
  const XW = X.rank === 1 ? W.dot(X) : X.matMul(W, false, true); // X Wᵀ: [k] or [m, k]
  return XW.add(b); // [k] or [m, k]
}
// #endregion

/** The k·n + k parameters of a linear layer from n numbers to k, named W and b within `part`. */
export function linearParameters(
  part: string,
  n: number,
  k: number,
  initial: { readonly W: Initialiser; readonly b: Initialiser },
): Record<string, ParameterSpec> {
  const own = inPart(part);
  return {
    [own("W")]: { shape: [k, n], initial: initial.W },
    [own("b")]: { shape: [k], initial: initial.b },
  };
}

/** The linear layer within `part`. */
export function linearOf(parameters: Tensors, part: string): Linear {
  const own = inPart(part);
  return { W: named(parameters, own("W")), b: named(parameters, own("b")) };
}

/** The layer within `part`, or of these parameters, as PyTorch's `nn.Linear` of that name. */
export function linearTorch(
  part: string,
  W = inPart(part)("W"),
  b = inPart(part)("b"),
): TorchTensor[] {
  return [
    { name: inPart(part)("weight"), rows: [W] },
    { name: inPart(part)("bias"), rows: [b] },
  ];
}
