import { beforeAll, describe, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { kernels } from "../../src/engine/kernels.ts";
import { type BackendName, backendNames } from "../../src/engine/methods.ts";
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

beforeAll(async () => {
  await Runtime.start("cpu");
  for (const backend of backendNames) await load[backend]();
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
    const missing = backendNames.flatMap((backend) =>
      [...needed]
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
