import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import wasmThreadedSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import * as tf from "../models/tf.ts";
import type { BackendName } from "./methods.ts";
import { registerOwnKernels } from "./ownKernels.ts";

/** The graphics context or device of a backend has gone, and every tensor on it with it. */
export class BackendLost extends Error {
  override readonly name = "BackendLost";
}

/** Node reads files, not addresses. Those of Vite's server begin at the project's root, or at the machine's. */
function fileOfUrl(url: string): string {
  return url.startsWith("/@fs/") ? url.slice("/@fs".length) : `${process.cwd()}${url}`;
}

/** Loads the code of a backend with its kernels (those of kernels.ts), which registers it with TensorFlow.js. */
const load: Record<BackendName, () => Promise<unknown>> = {
  cpu: () => import("virtual:tensorflow/cpu"),
  wasm: async () => {
    const wasm = await import("virtual:tensorflow/wasm");
    const place = import.meta.env.SSR ? fileOfUrl : (url: string) => url;
    wasm.setWasmPaths({
      "tfjs-backend-wasm.wasm": place(wasmUrl),
      "tfjs-backend-wasm-simd.wasm": place(wasmSimdUrl),
      "tfjs-backend-wasm-threaded-simd.wasm": place(wasmThreadedSimdUrl),
    });
  },
  webgl: async () => {
    await import("virtual:tensorflow/webgl");
    // A software renderer is slow but right; measurement, not a flag, decides whether it is used.
    tf.env().set("SOFTWARE_WEBGL_ENABLED", true);
    // Small tensors would otherwise be computed on the CPU, and the badge would be half true.
    tf.env().set("WEBGL_CPU_FORWARD", false);
  },
  webgpu: async () => {
    await import("virtual:tensorflow/webgpu");
    tf.env().set("WEBGPU_CPU_FORWARD", false);
  },
};

interface WebGLBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
}
interface WebGPUBackend {
  readonly device: GPUDevice;
}

/**
 * TensorFlow.js on one backend: started, watched for the loss of its device, and started again.
 * TensorFlow.js has one current backend a JavaScript realm, so there is one runtime a worker.
 */
export class Runtime {
  readonly name: BackendName;
  /** Rejects with `BackendLost` when the context or device goes. Replaced on restart. */
  lost: Promise<never> = new Promise(() => {});
  /** Counts restarts: tensors of an earlier generation are gone. */
  generation = 0;
  /** Why the device was last lost, in one sentence. */
  lossReason = "";
  #lose: (error: BackendLost) => void = () => {};
  #isLost = false;
  #life = Symbol();
  #restarting: Promise<void> | null = null;

  private constructor(name: BackendName) {
    this.name = name;
  }

  /**
   * @throws Error saying why, when this browser cannot run the backend
   */
  static async start(name: BackendName): Promise<Runtime> {
    // TensorFlow.js would otherwise print its advice into the reader's console.
    tf.enableProdMode();
    await load[name]();
    registerOwnKernels(name);
    const runtime = new Runtime(name);
    await runtime.#begin();
    return runtime;
  }

  async #begin(): Promise<void> {
    if (tf.findBackendFactory(this.name) === null) {
      throw new Error(`This browser has no ${backendLabels[this.name]}.`);
    }
    const began = await tf.setBackend(this.name).catch(() => false);
    if (!began) throw new Error(`${backendLabels[this.name]} would not start in this browser.`);
    await tf.ready();
    this.#isLost = false;
    this.lost = new Promise((_resolve, reject) => {
      const life = Symbol();
      this.#life = life;
      this.#lose = (error) => {
        // The browser may tell of a loss after the runtime has already noticed and started again.
        if (this.#life !== life) return;
        this.#isLost = true;
        this.lossReason = error.message;
        reject(error);
      };
    });
    this.lost.catch(() => {});
    this.#watch();
  }

  #watch(): void {
    const lose = this.#lose;
    if (this.name === "webgl") {
      const { gl } = (tf.backend() as unknown as WebGLBackend).gpgpu;
      gl.canvas.addEventListener("webglcontextlost", () => {
        lose(new BackendLost("The browser took the WebGL context away."));
      });
    }
    if (this.name === "webgpu") {
      const { device } = tf.backend() as unknown as WebGPUBackend;
      void device.lost.then((info) => {
        lose(new BackendLost(`The WebGPU device was lost (${info.message || info.reason}).`));
      });
      device.addEventListener("uncapturederror", (event) => {
        lose(new BackendLost(`WebGPU reported an error (${event.error.message}).`));
      });
    }
  }

  /** Whether the device has gone. WebGL goes on with garbage then, so this is asked after each read. */
  isLost(): boolean {
    if (this.#isLost || this.name !== "webgl") return this.#isLost;
    const { gl } = (tf.backend() as unknown as WebGLBackend).gpgpu;
    if (gl.isContextLost()) this.#lose(new BackendLost("The browser took the WebGL context away."));
    return this.#isLost;
  }

  /** Starts the backend anew, once for all who ask meanwhile. Tensors made before are gone. */
  restart(): Promise<void> {
    this.#restarting ??= this.#again().finally(() => {
      this.#restarting = null;
    });
    return this.#restarting;
  }

  async #again(): Promise<void> {
    const factory = tf.findBackendFactory(this.name);
    try {
      tf.removeBackend(this.name);
    } catch {
      // A backend whose device is gone may throw while it frees what is gone with it.
    }
    if (tf.findBackendFactory(this.name) === null) tf.registerBackend(this.name, factory);
    await this.#begin();
    this.generation += 1;
  }

  /**
   * The numbers of a tensor, without blocking.
   *
   * @throws BackendLost when the device goes before they arrive (a lost device never answers)
   */
  async numbers(tensor: tf.Tensor): Promise<Float32Array> {
    const data = await Promise.race([tensor.data(), this.lost]);
    if (this.isLost()) throw new BackendLost(this.lossReason);
    return data instanceof Float32Array ? data : Float32Array.from(data);
  }
}

/** What the reader calls each backend. */
export const backendLabels: Readonly<Record<BackendName, string>> = {
  cpu: "JavaScript (CPU)",
  wasm: "WebAssembly",
  webgl: "WebGL",
  webgpu: "WebGPU",
};
