import * as tf from "../models/tf.ts";

export type Numbers = Float32Array | Int32Array | Uint8Array;
type KernelFunc = tf.KernelConfig["kernelFunc"];

/** Where a backend that computes on the processor keeps its numbers. */
export interface Storage {
  /** Room for a tensor. It may move what `numbersOf` gave before. */
  make(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The numbers of a tensor themselves, not a copy. */
  numbersOf(info: tf.TensorInfo): Numbers;
}

/** Part of a tensor: from `begin`, `size` entries along each dimension. */
interface Box {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

/**
 * The kernels that cut tensors to pieces. TensorFlow.js's own find the place of each single number anew
 * (CPU), or first copy all of the tensor for every piece (WebAssembly); these copy runs of numbers.
 */
export function boxKernels(storageOf: (backend: unknown) => Storage): Record<string, KernelFunc> {
  return {
    Slice: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const { begin, size } = attrs as unknown as { begin: number[]; size: number[] };
      const parsed = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size);
      const [from, counts] = parsed as [number[], number[]];
      tf.slice_util.assertParamsValid(x as tf.Tensor, from, counts);
      return cut(storageOf(backend), x, [{ begin: from, size: counts }])[0] as tf.TensorInfo;
    },
    SplitV: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const { numOrSizeSplits, axis } = attrs as unknown as {
        numOrSizeSplits: number[] | number;
        axis: number;
      };
      const along = tf.util.parseAxisParam(axis, x.shape)[0] as number;
      const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
      return cut(storageOf(backend), x, boxesAlong(x.shape, along, sizes));
    },
    Unpack: ({ inputs, attrs, backend }) => {
      const { value } = inputs as { value: tf.TensorInfo };
      const { axis } = attrs as unknown as { axis: number };
      const along = axis < 0 ? axis + value.shape.length : axis;
      const ones = Array.from({ length: value.shape[along] ?? 0 }, () => 1);
      const shape = value.shape.filter((_, dimension) => dimension !== along);
      const pieces = cut(storageOf(backend), value, boxesAlong(value.shape, along, ones));
      return pieces.map(({ dataId, dtype }) => ({ dataId, dtype, shape }));
    },
  };
}

/** Boxes one behind the other along a dimension, together all of the shape. */
function boxesAlong(shape: readonly number[], along: number, sizes: readonly number[]): Box[] {
  let at = 0;
  return sizes.map((count) => {
    const begin = shape.map((_, dimension) => (dimension === along ? at : 0));
    const size = shape.map((whole, dimension) => (dimension === along ? count : whole));
    at += count;
    return { begin, size };
  });
}

function cut(storage: Storage, x: tf.TensorInfo, boxes: readonly Box[]): tf.TensorInfo[] {
  const outputs = boxes.map(({ size }) => storage.make([...size], x.dtype));
  const numbers = storage.numbersOf(x);
  for (const [i, box] of boxes.entries()) {
    copyBox(numbers, x.shape, box, storage.numbersOf(outputs[i] as tf.TensorInfo));
  }
  return outputs;
}

/** Copies `count` numbers. A typed array's own copying pays from some dozen numbers on. */
export function copyRun(
  from: Numbers,
  start: number,
  to: Numbers,
  at: number,
  count: number,
): void {
  if (count >= 48) to.set(from.subarray(start, start + count), at);
  else for (let i = 0; i < count; i++) to[at + i] = from[start + i] as number;
}

/** Copies a box in runs that lie in one piece both in the tensor and in the box. */
function copyBox(from: Numbers, shape: readonly number[], { begin, size }: Box, to: Numbers): void {
  let inner = shape.length - 1;
  while (inner > 0 && size[inner] === shape[inner]) inner--;
  const strides = tf.util.computeStrides([...shape]).concat(1);
  const run = shape.length === 0 ? 1 : size.slice(inner).reduce((a, b) => a * b, 1);
  const outer = size.slice(0, Math.max(inner, 0));
  const count = outer.reduce((a, b) => a * b, 1);
  let start = begin.reduce((sum, at, dimension) => sum + at * (strides[dimension] as number), 0);
  const place = outer.map(() => 0);
  for (let i = 0; i < count && run > 0; i++) {
    copyRun(from, start, to, i * run, run);
    for (let dimension = outer.length - 1; dimension >= 0; dimension--) {
      const stride = strides[dimension] as number;
      start += stride;
      place[dimension] = (place[dimension] as number) + 1;
      if (place[dimension] !== outer[dimension]) break;
      start -= stride * (outer[dimension] as number);
      place[dimension] = 0;
    }
  }
}
