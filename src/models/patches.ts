import * as tf from "./tf.ts";

/** The window of a convolution, over rows and columns alike. */
export interface Windowing {
  /** Cells a side. */
  readonly kernel: number;
  /** Cells that it moves at a time. Default 1. */
  readonly stride?: number;
  /** Cells of zeros around the picture. Default 0. */
  readonly padding?: number;
  /** Distance between the cells that it looks at. Default 1. */
  readonly dilation?: number;
}

/**
 * Names of the two kernels that the engine may bring for a backend: `Unfold` takes pictures
 * `[m, h, w, c]` to patches, and `Fold`, its transpose, adds patches up where they lie in a picture of
 * the shape `[m, h, w, c]` among its attributes. Both have the attributes of a `Windowing`, all given.
 */
export const patchKernels = { unfold: "Unfold", fold: "Fold" } as const;

for (const [name, other] of [
  [patchKernels.unfold, patchKernels.fold],
  [patchKernels.fold, patchKernels.unfold],
] as const) {
  tf.registerGradient({
    kernelName: name,
    gradFunc: (dy, _saved, attrs) => ({
      x: () => tf.engine().runKernel(other, { x: dy as tf.Tensor }, attrs),
    }),
  });
}

/**
 * What the window sees, at each place that it takes: `[m, h, w, c]` gives `[m, h′, w′, c·k·k]`, channel by
 * channel and each row by row, with h′ = ⌊(h + 2p − d (k − 1) − 1) / s⌋ + 1. The order within a patch is
 * that of PyTorch's `nn.Unfold`, and of a kernel's weights `[c_out, c, k, k]`.
 *
 * @throws RangeError when the window is larger than the padded picture
 */
export function patchesOf(x: tf.Tensor, window: Windowing): tf.Tensor {
  const { kernel, stride = 1, padding = 0, dilation = 1 } = window;
  const [m = 0, h = 0, w = 0, c = 0] = x.shape;
  const [rows, columns] = [h, w].map((size) => {
    const free = size + 2 * padding - dilation * (kernel - 1) - 1;
    if (free < 0) throw new RangeError(tooLarge(window, h, w));
    return Math.floor(free / stride) + 1;
  }) as [number, number];
  if (tf.getKernel(patchKernels.unfold, tf.getBackend())) {
    const attrs = { kernel, stride, padding, dilation, shape: [m, h, w, c] };
    return tf.engine().runKernel(patchKernels.unfold, { x }, attrs);
  }
  // What the last window leaves over, and as much more as makes whole strides.
  const border = [padding, padding + stride - 1] as [number, number];
  const padded = tf.pad(x, [[0, 0], border, border, [0, 0]]);
  const cells = Array.from({ length: kernel * kernel }, (_, i) => {
    const [row, column] = [Math.floor(i / kernel) * dilation, (i % kernel) * dilation];
    const seen = padded.slice([0, row, column, 0], [m, stride * rows, stride * columns, c]);
    const onRows = everyNth(seen, stride, [m * rows, columns * stride * c]);
    return everyNth(onRows, stride, [m * rows * columns, c]).reshape([m, rows, columns, c]);
  });
  return tf.stack(cells, -1).reshape([m, rows, columns, c * kernel * kernel]);
}

/** The first of every n runs of `length` numbers, `count` of them: `[count, length]`. */
function everyNth(x: tf.Tensor, n: number, [count, length]: readonly [number, number]): tf.Tensor {
  if (n === 1) return x;
  return x.reshape([count, n, length]).slice([0, 0, 0], [count, 1, length]);
}

function tooLarge({ kernel, padding = 0, dilation = 1 }: Windowing, h: number, w: number): string {
  return `Expected a window that fits into ${h} × ${w} cells with ${padding} of padding; one of ${kernel} × ${kernel} at dilation ${dilation} spans ${dilation * (kernel - 1) + 1}. Make it smaller, or pad more.`;
}

/** Pictures as a batch with channels, `[m, h, w, c]`: one grey picture `[h, w]` is a batch of one. */
export function asPictures(x: tf.Tensor): tf.Tensor {
  if (x.rank === 4) return x;
  if (x.rank === 3) return x.expandDims(-1);
  if (x.rank === 2) return x.expandDims(0).expandDims(-1);
  throw new RangeError(
    `Expected pictures [h, w], [m, h, w] or [m, h, w, c], got [${x.shape.join(", ")}].`,
  );
}
