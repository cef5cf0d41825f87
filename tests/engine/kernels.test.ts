import { beforeAll, describe, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { kernels } from "../../src/engine/kernels.ts";
import { type BackendName, backendNames } from "../../src/engine/methods.ts";
import { registerOwnKernels } from "../../src/engine/ownKernels.ts";
import { patchKernels } from "../../src/models/patches.ts";
import * as tf from "../../src/models/tf.ts";
import { everyLab } from "./everyLab.ts";
import { type RunLab, runLab } from "./runLab.ts";

/** What a backend's own package does not have; a lab that needs it cannot run there. */
const lacking: Readonly<Record<BackendName, readonly string[]>> = {
  cpu: [],
  wasm: [
    "UnsortedSegmentSum",
    "Conv2DBackpropFilter",
    "DepthwiseConv2dNativeBackpropFilter",
    "DepthwiseConv2dNativeBackpropInput",
  ],
  webgl: [],
  webgpu: [],
};

const load: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  cpu: () => import("virtual:tensorflow/cpu"),
  wasm: () => import("virtual:tensorflow/wasm"),
  webgl: () => import("virtual:tensorflow/webgl"),
  webgpu: () => import("virtual:tensorflow/webgpu"),
};

/** The kernels and gradients that something calls, by listening to the CPU's. */
function kernelsOf(run: () => void): ReadonlySet<string> {
  const called = new Set<string>();
  const originals = tf.getKernelsForBackend("cpu");
  for (const config of originals) {
    tf.unregisterKernel(config.kernelName, "cpu");
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        called.add(config.kernelName);
        return config.kernelFunc(call);
      },
    });
  }
  try {
    run();
    return called;
  } finally {
    for (const config of originals) {
      tf.unregisterKernel(config.kernelName, "cpu");
      tf.registerKernel(config);
    }
  }
}

/** Runs something as on a graphics backend, which has no kernels of the book's own for patches. */
function withoutPatchKernels(run: () => void): void {
  const own = Object.values(patchKernels).map((name) => tf.getKernel(name, "cpu"));
  for (const { kernelName } of own) tf.unregisterKernel(kernelName, "cpu");
  try {
    run();
  } finally {
    for (const config of own) tf.registerKernel(config);
  }
}

beforeAll(async () => {
  await Runtime.start("cpu");
  for (const backend of backendNames) {
    await load[backend]();
    registerOwnKernels(backend);
  }
}, 120_000);

test("the list of kernels names none twice, and none that TensorFlow.js does not have", () => {
  expect(new Set(kernels).size).toBe(kernels.length);
  // Those that are operations only, made of others: a gradient is all that is registered for them.
  const composed = ["BroadcastTo", "LogSoftmax"];
  const strangers = kernels.filter(
    (name) => tf.getKernel(name, "cpu") === undefined && !composed.includes(name),
  );
  expect(strangers).toEqual([]);
});

describe.each(everyLab)("$name", (one) => {
  test("runs on the kernels of the list, on every backend", () => {
    let run: RunLab | null = null;
    const needed = kernelsOf(() => {
      run = runLab(one);
    });
    if (run === "makes no sense") return;
    const cutsPatches = Object.values(patchKernels).some((name) => needed.has(name));
    const onGraphics = cutsPatches
      ? kernelsOf(() => withoutPatchKernels(() => runLab(one)))
      : needed;
    const missing = backendNames.flatMap((backend) =>
      [...(backend === "webgl" || backend === "webgpu" ? onGraphics : needed)]
        .filter((name) => tf.getKernel(name, backend) === undefined)
        .map((name) =>
          lacking[backend].includes(name)
            ? `${name}, which ${backend} does not have at all`
            : `${name} on ${backend}: add it to src/engine/kernels.ts`,
        ),
    );
    expect(missing).toEqual([]);
  });
});
