import { beforeAll, describe, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { backendNames } from "../../src/engine/methods.ts";
import { cellNames } from "../../src/models/cells.ts";
import * as tf from "../../src/models/tf.ts";
import { RecurrentTraining } from "../models/recurrentStep.ts";

/** Weights whose gradient goes through all the steps. */
const hiddenWeights = { rnn: "rnn.W_h", lstm: "lstm.U_f", gru: "gru.U_z" } as const;

const size = { T: 200, I: 8, H: 64, B: 32 };

for (const backend of backendNames) {
  describe(backend, { timeout: 300_000 }, () => {
    let runtime: Runtime;
    beforeAll(async () => {
      runtime = await Runtime.start(backend);
    }, 60_000);

    // The third step is recorded, the fourth replayed. In software a kernel of a GPU costs a millisecond.
    const isGpu = backend.startsWith("webg");
    const steps = isGpu ? 1 : 4;

    for (const kind of isGpu ? (["lstm"] as const) : cellNames) {
      test(`${kind}: gradients come back through 200 steps, ${steps === 1 ? "once" : "replayed too, and leave nothing"}`, async () => {
        const before = tf.memory().numTensors;
        const training = new RecurrentTraining(kind, size);
        const counts: number[] = [];
        for (let step = 0; step < steps; step++) {
          training.step();
          counts.push(tf.memory().numTensors);
        }
        const moved = await runtime.numbers(training.parameter(hiddenWeights[kind]));
        const start = training.start[hiddenWeights[kind]]!.data;
        expect(moved.every(Number.isFinite)).toBe(true);
        expect(moved.filter((weight, i) => weight !== start[i]).length).toBeGreaterThan(2000);
        if (steps > 1) expect(counts[3]).toBe(counts[2]);
        training.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  });
}
