import { Runtime } from "../../src/engine/backends.ts";
import { backendNames } from "../../src/engine/methods.ts";
import * as tf from "../../src/models/tf.ts";
import { modelLaws } from "../models/laws.ts";

// The CPU's are tested in Node, where it is the same JavaScript.
for (const backend of backendNames.filter((name) => name !== "cpu")) {
  modelLaws(backend, async () => {
    await Runtime.start(backend);
    // The GPU itself, not the CPU that stands in for it where tensors are small.
    if (backend === "webgl") tf.env().set("WEBGL_CPU_FORWARD", false);
    if (backend === "webgpu") tf.env().set("WEBGPU_CPU_FORWARD", false);
  });
}
