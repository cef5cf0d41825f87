import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import wasmThreadedSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import "@tensorflow/tfjs-backend-webgpu";
import { NeuralNetwork } from "brain.js";

/** One neuron with a sigmoid, two inputs, on the same points as the book's lab, by gradient descent. */
export interface PeerRequest {
  readonly peer: "tfjs" | "brain.js";
  /** Of TensorFlow.js; brain.js has none. */
  readonly backend: string;
  /** Examples a step; 0 means all. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly x: readonly (readonly [number, number])[];
  readonly y: readonly number[];
}

export type PeerAnswer = { readonly milliseconds: number } | { readonly failure: string };

/** Runs so many steps and waits until they are really done. */
type Run = (steps: number) => Promise<void>;

/**
 * Plain eager TensorFlow.js, as its own guides write it. The batches are on the device beforehand, so
 * that only training is measured.
 */
async function eagerTfjs({ backend, batchSize, learningRate, x, y }: PeerRequest): Promise<Run> {
  setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmUrl,
    "tfjs-backend-wasm-simd.wasm": wasmSimdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": wasmThreadedSimdUrl,
  });
  tf.env().set("SOFTWARE_WEBGL_ENABLED", true);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here.`);
  await tf.ready();
  const length = batchSize || x.length;
  const batches = Array.from({ length: Math.floor(x.length / length) }, (_, i) => ({
    x: tf.tensor2d(x.slice(i * length, (i + 1) * length).map((row) => [...row])), // [m, 2]
    y: tf.tensor1d(y.slice(i * length, (i + 1) * length)), // [m]
  }));
  const w = tf.variable(tf.tensor1d([0.1, -0.1]));
  const b = tf.variable(tf.scalar(0));
  const optimizer = tf.train.sgd(learningRate);
  let next = 0;
  return async (steps) => {
    for (let i = 0; i < steps; i++) {
      const batch = batches[next++ % batches.length] as (typeof batches)[number];
      optimizer.minimize(() => {
        const z = batch.x.dot(w).add(b); // [m]
        return tf.losses.sigmoidCrossEntropy(batch.y, z) as tf.Scalar;
      });
    }
    await w.data();
  };
}

/**
 * brain.js trains on one example at a time, on the squared error, and has no network without momentum:
 * the smallest is as good as none. A step is one example; it comes in rounds of all of them.
 */
function brain({ learningRate, x, y }: PeerRequest): Run {
  const data = x.map(([x_1, x_2], i) => ({ input: [x_1, x_2], output: [y[i] ?? 0] }));
  const tiny = 1e-12;
  const network = new NeuralNetwork<number[], number[]>({
    hiddenLayers: [],
    activation: "sigmoid",
    learningRate,
    momentum: tiny,
    errorThresh: tiny,
  });
  return async (steps) => {
    network.train(data, { iterations: Math.ceil(steps / data.length) });
  };
}

let run: Run | undefined;

self.onmessage = async ({ data }: MessageEvent<PeerRequest | number>) => {
  const began = performance.now();
  try {
    if (typeof data !== "number") {
      run = data.peer === "tfjs" ? await eagerTfjs(data) : brain(data);
    } else {
      await run?.(data);
    }
    self.postMessage({ milliseconds: performance.now() - began } satisfies PeerAnswer);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    self.postMessage({ failure } satisfies PeerAnswer);
  }
};
