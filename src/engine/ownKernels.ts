import * as tf from "../models/tf.ts";
import { boxKernels, type Storage } from "./boxKernels.ts";
import { batchedProduct, type Product, productOf } from "./matrixProduct.ts";
import type { BackendName } from "./methods.ts";
import { segmentKernels } from "./segmentKernels.ts";
import { windowKernels } from "./windowKernels.ts";

type KernelFunc = tf.KernelConfig["kernelFunc"];

/** What the book uses of TensorFlow.js's CPU backend. */
interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: ArrayLike<number>): tf.TensorInfo;
}

/** What the book uses of TensorFlow.js's WebAssembly backend. */
interface WasmBackend {
  incRef(dataId: object): void;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
  disposeData(dataId: object): boolean;
}

/** From so many multiplications on, WebAssembly's fast product is worth transposing for. */
const worthTransposing = 4096;

const registered = new Set<BackendName>();

/**
 * Puts the book's own kernels in the place of those of TensorFlow.js that keep recurrent models,
 * attention and convolution waiting most, and adds what it does not have. To be called once the backend's own are registered.
 */
export function registerOwnKernels(backend: BackendName): void {
  if (registered.has(backend)) return;
  registered.add(backend);
  const own = backend === "cpu" ? cpuKernels() : backend === "wasm" ? wasmKernels() : {};
  for (const [kernelName, make] of Object.entries(own)) {
    const theirs = tf.getKernel(kernelName, backend);
    if (!theirs) continue;
    const kernelFunc = make(theirs.kernelFunc);
    tf.unregisterKernel(kernelName, backend);
    tf.registerKernel({ ...theirs, kernelFunc });
  }
  for (const [kernelName, kernelFunc] of Object.entries(added(backend))) {
    if (tf.getKernel(kernelName, backend)) tf.unregisterKernel(kernelName, backend);
    tf.registerKernel({ kernelName, backendName: backend, kernelFunc });
  }
}

/** Kernels that a backend does not have, or whose own are never worth calling. */
function added(backend: BackendName): Record<string, KernelFunc> {
  const storageOf = { cpu: cpuStorage, wasm: wasmStorage, webgl: null, webgpu: null }[backend];
  return storageOf ? { ...windowKernels(storageOf), ...segmentKernels(storageOf) } : {};
}

type Making = (theirs: KernelFunc) => KernelFunc;

function cpuKernels(): Record<string, Making> {
  const kernels = boxKernels(cpuStorage);
  return { ...numeric(kernels), BatchMatMul: cpuProduct };
}

function wasmKernels(): Record<string, Making> {
  const kernels = boxKernels(wasmStorage);
  const transpose = tf.getKernel("Transpose", "wasm")?.kernelFunc;
  return {
    ...numeric(kernels),
    Identity: (theirs) => (call) => sameData(call) ?? theirs(call),
    Cast: (theirs) => (call) => sameData(call, call.attrs?.dtype) ?? theirs(call),
    ...(transpose && { BatchMatMul: (theirs) => wasmProduct(theirs, transpose) }),
  };
}

/** TensorFlow.js copies on WebAssembly what nobody changes. Null where the type does change. */
function sameData(
  { inputs, backend }: Parameters<KernelFunc>[0],
  dtype: unknown = inputs.x?.dtype,
): tf.TensorInfo | null {
  const { x } = inputs as { x: tf.TensorInfo };
  if (x.dtype !== dtype || dtype === "string") return null;
  (backend as WasmBackend).incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** Texts and complex numbers are left to TensorFlow.js. */
function numeric(kernels: Record<string, KernelFunc>): Record<string, Making> {
  return Object.fromEntries(
    Object.entries(kernels).map(([name, own]): [string, Making] => [
      name,
      (theirs) => (call) => {
        const { dtype } = Object.values(call.inputs)[0] as tf.TensorInfo;
        return dtype === "string" || dtype === "complex64" ? theirs(call) : own(call);
      },
    ]),
  );
}

function cpuStorage(backend: unknown): Storage {
  const { data } = backend as CpuBackend;
  return {
    make(shape, dtype) {
      const size = tf.util.sizeFromShape(shape);
      const values = tf.util.getTypedArrayFromDType(dtype as "float32", size);
      return (backend as CpuBackend).makeTensorInfo(shape, dtype, values);
    },
    numbersOf: ({ dataId }) => data.get(dataId).values,
  };
}

function wasmStorage(backend: unknown): Storage {
  const wasm = backend as WasmBackend;
  return {
    make: (shape, dtype) => wasm.makeOutput(shape, dtype),
    numbersOf: (info) => wasm.typedArrayFromHeap(info),
  };
}

interface Called extends Product {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** What a call is to multiply; null where it is left to TensorFlow.js. */
function called({ inputs, attrs }: Parameters<KernelFunc>[0]): Called | null {
  const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const { transposeA = false, transposeB = false } = attrs as Record<string, boolean>;
  const product = productOf(a, b, transposeA, transposeB);
  return product && { ...product, a, b, transposeA, transposeB };
}

/** The product in loops of JavaScript, on whatever holds the numbers. */
function multiplied(
  storage: Storage,
  { a, b, transposeA, transposeB, sizes, batch, shape }: Called,
): tf.TensorInfo {
  const c = storage.make([...shape], "float32");
  const numbersOf = (info: tf.TensorInfo) => storage.numbersOf(info) as Float32Array;
  batchedProduct(
    { numbers: numbersOf(a), transposed: transposeA },
    { numbers: numbersOf(b), transposed: transposeB },
    sizes,
    batch,
    numbersOf(c),
  );
  return c;
}

function cpuProduct(theirs: KernelFunc): KernelFunc {
  return (call) => {
    const product = called(call);
    return product ? multiplied(cpuStorage(call.backend), product) : theirs(call);
  };
}

/** TensorFlow.js multiplies fast only a single pair of matrices, and of those what is not transposed. */
function wasmProduct(theirs: KernelFunc, transpose: KernelFunc): KernelFunc {
  return (call) => {
    const product = called(call);
    if (product && product.shape.length > 2) return multiplied(wasmStorage(call.backend), product);
    const isWorth = product && product.sizes.reduce((x, y) => x * y) >= worthTransposing;
    if (!isWorth || !(product.transposeA || product.transposeB)) return theirs(call);
    const backend = call.backend as WasmBackend;
    const straight = (x: tf.TensorInfo) =>
      transpose({ inputs: { x }, attrs: { perm: [1, 0] }, backend }) as tf.TensorInfo;
    const a = product.transposeA ? straight(product.a) : product.a;
    const b = product.transposeB ? straight(product.b) : product.b;
    const attrs = { ...call.attrs, transposeA: false, transposeB: false };
    const c = theirs({ inputs: { a, b }, attrs, backend });
    for (const [own, given] of [
      [a, product.a],
      [b, product.b],
    ] as const) {
      if (own !== given) backend.disposeData(own.dataId);
    }
    return c;
  };
}
