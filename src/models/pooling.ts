import * as tf from "./tf.ts";

export interface Pool {
  /** Cells a side of the window. */
  readonly size: number;
  /** Cells that it moves at a time. Default: its size, so that windows do not overlap. */
  readonly stride?: number;
}

/**
 * The greatest of each window, channel by channel: p_ijc = max over the window of a. `[m, h, w, c]` gives
 * `[m, h′, w′, c]`, with h′ = ⌊(h − k) / s⌋ + 1; what does not fill a window is left out. Its gradient
 * goes to the cell that was the greatest. Ranzato et al. 2007; Goodfellow et al. 2016, § 9.3.
 */
// #region maxPool
export function maxPool(a: tf.Tensor, { size, stride = size }: Pool): tf.Tensor {
  return tf.maxPool(a as tf.Tensor4D, size, stride, "valid"); // [m, h′, w′, c]
}
// #endregion

/** The mean of each window, channel by channel. Shapes as `maxPool`. LeCun et al. 1989. */
// #region averagePool
export function averagePool(a: tf.Tensor, { size, stride = size }: Pool): tf.Tensor {
  return tf.avgPool(a as tf.Tensor4D, size, stride, "valid"); // [m, h′, w′, c]
}
// #endregion

/** Feature maps as rows, one map after the other as in PyTorch: `[m, h, w, c]` gives `[m, c·h·w]`. */
export function flatten(maps: tf.Tensor): tf.Tensor {
  return maps.transpose([0, 3, 1, 2]).reshape([maps.shape[0] as number, -1]);
}
