import { patchKernels } from "../models/patches.ts";
import * as tf from "../models/tf.ts";
import type { Storage } from "./boxKernels.ts";

type KernelFunc = tf.KernelConfig["kernelFunc"];

/** Pictures, and the window that slides over them. */
interface Sliding {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly m: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly rows: number;
  readonly columns: number;
}

function slidingOf(attrs: tf.NamedAttrMap | undefined): Sliding {
  const { kernel, stride, padding, dilation, shape } = attrs as unknown as Sliding & {
    shape: [number, number, number, number];
  };
  const [m, h, w, c] = shape;
  const places = (size: number) =>
    Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
  return { kernel, stride, padding, dilation, m, h, w, c, rows: places(h), columns: places(w) };
}

/**
 * Calls `visit` for every row of cells of every window, in the order of the patches: where its first cell
 * stands among them, which pixel that cell sees, and which cells of the row see a pixel at all: those
 * from `from` and before `to`, none where both are `kernel`.
 */
function eachRun(
  { kernel, stride, padding, dilation, m, h, w, c, rows, columns }: Sliding,
  visit: (patch: number, pixel: number, from: number, to: number) => void,
): void {
  let patch = 0;
  for (let i = 0; i < m * rows; i++) {
    const [picture, top] = [Math.floor(i / rows), (i % rows) * stride - padding];
    for (let j = 0; j < columns; j++) {
      const left = j * stride - padding;
      const from = left < 0 ? Math.ceil(-left / dilation) : 0;
      const to = Math.min(kernel, Math.ceil((w - left) / dilation));
      for (let channel = 0; channel < c; channel++) {
        for (let u = 0; u < kernel; u++) {
          const row = top + u * dilation;
          const inside = row >= 0 && row < h && from < to;
          const pixel = ((picture * h + row) * w + left) * c + channel;
          visit(patch, inside ? pixel : Number.NaN, inside ? from : kernel, inside ? to : kernel);
          patch += kernel;
        }
      }
    }
  }
}

/** Pictures to patches: models/patches.ts says in which order. */
function unfold(storageOf: (backend: unknown) => Storage): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const sliding = slidingOf(attrs);
    const { kernel, dilation, m, c, rows, columns } = sliding;
    const storage = storageOf(backend);
    const made = storage.make([m, rows, columns, c * kernel * kernel], "float32");
    const [from, to] = [storage.numbersOf(x), storage.numbersOf(made)];
    const step = dilation * c;
    eachRun(sliding, (patch, pixel, first, last) => {
      for (let v = 0; v < first; v++) to[patch + v] = 0;
      for (let v = first; v < last; v++) to[patch + v] = from[pixel + v * step] as number;
      for (let v = Math.max(first, last); v < kernel; v++) to[patch + v] = 0;
    });
    return made;
  };
}

/** Patches added up where they lie in the pictures. */
function fold(storageOf: (backend: unknown) => Storage): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const sliding = slidingOf(attrs);
    const { dilation, m, h, w, c } = sliding;
    const storage = storageOf(backend);
    const made = storage.make([m, h, w, c], "float32");
    const [from, to] = [storage.numbersOf(x), storage.numbersOf(made)];
    to.fill(0);
    const step = dilation * c;
    eachRun(sliding, (patch, pixel, first, last) => {
      for (let v = first; v < last; v++) {
        const at = pixel + v * step;
        to[at] = (to[at] as number) + (from[patch + v] as number);
      }
    });
    return made;
  };
}

interface PoolCall {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly dy: tf.TensorInfo;
}

function poolCall({ inputs, attrs }: Parameters<KernelFunc>[0]): PoolCall {
  const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as {
    filterSize: [number, number];
    strides: [number, number];
    pad: "valid" | "same" | number;
    dimRoundingMode?: "floor";
  };
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { info, dy };
}

/** Calls `visit` for every window of every channel: its place among the outputs, and its cells' range. */
function eachWindow(
  info: tf.backend_util.Conv2DInfo,
  visit: (place: number, first: number, rows: number, columns: number) => void,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: c } = info;
  for (let m = 0; m < batchSize; m++) {
    for (let i = 0; i < outHeight; i++) {
      const row = i * info.strideHeight - info.padInfo.top;
      const top = Math.max(0, row);
      const bottom = Math.min(inHeight, row + info.filterHeight);
      for (let j = 0; j < outWidth; j++) {
        const column = j * info.strideWidth - info.padInfo.left;
        const left = Math.max(0, column);
        const right = Math.min(inWidth, column + info.filterWidth);
        const place = ((m * outHeight + i) * outWidth + j) * c;
        const first = ((m * inHeight + top) * inWidth + left) * c;
        for (let channel = 0; channel < c; channel++) {
          visit(place + channel, first + channel, bottom - top, right - left);
        }
      }
    }
  }
}

/** The gradient goes to the first of the greatest in each window. */
function maxPoolGradient(storageOf: (backend: unknown) => Storage): KernelFunc {
  return (call) => {
    const { info, dy } = poolCall(call);
    const { input } = call.inputs as { input: tf.TensorInfo };
    const storage = storageOf(call.backend);
    const made = storage.make(input.shape, "float32");
    const [x, slopes, dx] = [input, dy, made].map((one) => storage.numbersOf(one)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    dx.fill(0);
    const { inChannels: c, inWidth } = info;
    eachWindow(info, (place, first, rows, columns) => {
      let greatest = first;
      for (let u = 0; u < rows; u++) {
        for (let v = 0; v < columns; v++) {
          const at = first + (u * inWidth + v) * c;
          if ((x[at] as number) > (x[greatest] as number)) greatest = at;
        }
      }
      dx[greatest] = (dx[greatest] as number) + (slopes[place] as number);
    });
    return made;
  };
}

/** The gradient is shared by the cells of each window. */
function averagePoolGradient(storageOf: (backend: unknown) => Storage): KernelFunc {
  return (call) => {
    const { info, dy } = poolCall(call);
    const { input } = call.inputs as { input: tf.TensorInfo };
    const storage = storageOf(call.backend);
    const made = storage.make(input.shape, "float32");
    const [slopes, dx] = [dy, made].map((one) => storage.numbersOf(one)) as [
      Float32Array,
      Float32Array,
    ];
    dx.fill(0);
    const { inChannels: c, inWidth } = info;
    eachWindow(info, (place, first, rows, columns) => {
      const share = (slopes[place] as number) / (rows * columns);
      for (let u = 0; u < rows; u++) {
        for (let v = 0; v < columns; v++) {
          const at = first + (u * inWidth + v) * c;
          dx[at] = (dx[at] as number) + share;
        }
      }
    });
    return made;
  };
}

/**
 * The kernels of convolution and pooling on a backend that computes on the processor: patches, which
 * TensorFlow.js does not have, and the gradients of pooling, in which it finds the place of each number anew.
 */
export function windowKernels(
  storageOf: (backend: unknown) => Storage,
): Record<string, KernelFunc> {
  return {
    [patchKernels.unfold]: unfold(storageOf),
    [patchKernels.fold]: fold(storageOf),
    MaxPoolGrad: maxPoolGradient(storageOf),
    AvgPoolGrad: averagePoolGradient(storageOf),
  };
}
