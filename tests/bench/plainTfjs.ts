import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import wasmThreadedSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import "@tensorflow/tfjs-backend-webgpu";

/**
 * TensorFlow.js as its own guides start it, on this backend.
 *
 * @throws Error where this browser has no such backend
 */
export async function plainTfjs(backend: string): Promise<typeof tf> {
  setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmUrl,
    "tfjs-backend-wasm-simd.wasm": wasmSimdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": wasmThreadedSimdUrl,
  });
  tf.env().set("SOFTWARE_WEBGL_ENABLED", true);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here.`);
  await tf.ready();
  return tf;
}
