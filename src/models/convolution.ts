import { inPart, named } from "./named.ts";
import { asPictures, patchesOf, type Windowing } from "./patches.ts";
import type { Initialiser, ParameterSpec, Tensors } from "./program.ts";
import { rowwise } from "./sequence.ts";
import { untapped } from "./tap.ts";
import type * as tf from "./tf.ts";

export interface Kernels {
  /** The weights, `[c_out, c_in, k, k]`, as PyTorch stores them: one small picture a channel in and out. */
  readonly W: tf.Tensor;
  /** The biases, `[c_out]`. */
  readonly b: tf.Tensor;
}

export type Convolution = Kernels & Omit<Windowing, "kernel">;

/**
 * Convolution, which in fact is cross-correlation, as in all libraries: at each place a window is laid on
 * the picture, and z is the product-and-sum of what it sees with the weights,
 * z_ijo = b_o + Σ_c Σ_u Σ_v W_ocuv x_(si − p + du)(sj − p + dv)c, for stride s, padding p, dilation d.
 *
 * All patches are laid out as rows, so that it is one product of matrices. `x` is `[m, h, w, c_in]`, or
 * `[m, h, w]` or `[h, w]` with one channel; z is `[m, h′, w′, c_out]`. Taps patches,
 * `[m, h′, w′, c_in·k·k]`, and z. LeCun et al. 1989; Goodfellow et al. 2016, eq. 9.6; Chellapilla, Puri & Simard 2006.
 */
// #region convolution
export function convolution({ W, b, ...window }: Convolution, x: tf.Tensor, tap = untapped) {
  const [c_out, , k] = W.shape as [number, number, number];
  const patches = tap("patches", patchesOf(asPictures(x), { kernel: k, ...window })); // [m, h′, w′, c_in·k·k]
  const kernels = W.reshape([c_out, -1]); // [c_out, c_in·k·k]
  const sums = rowwise((rows) => rows.matMul(kernels, false, true), patches); // [m, h′, w′, c_out]
  return tap("z", sums.add(b));
}
// #endregion

/** The k·k·c_in·c_out weights and c_out biases of a convolution, named W and b within `part`. */
export function convolutionParameters(
  part: string,
  [c_in, c_out]: readonly [number, number],
  k: number,
  initial: { readonly W: Initialiser; readonly b: Initialiser },
): Record<string, ParameterSpec> {
  const own = inPart(part);
  return {
    [own("W")]: { shape: [c_out, c_in, k, k], initial: initial.W },
    [own("b")]: { shape: [c_out], initial: initial.b },
  };
}

/** The kernels within `part`. */
export function kernelsOf(parameters: Tensors, part: string): Kernels {
  const own = inPart(part);
  return { W: named(parameters, own("W")), b: named(parameters, own("b")) };
}
