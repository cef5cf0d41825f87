import { afterEach, describe, expect, test } from "vitest";
import { labs } from "../../chapters/01-perceptron/labs.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { openLab, tensorCounts } from "../../src/engine/client.ts";
import type { LabHandle } from "../../src/engine/handle.ts";
import { type BackendName, backendNames } from "../../src/engine/methods.ts";
import { selfTest } from "../../src/engine/selfTest.ts";
import { LabSession } from "../../src/engine/session.ts";
import * as tf from "../../src/models/tf.ts";
import type { Frame } from "../../src/training/lab.ts";
import { measuredLab, measuredProgram } from "../engine/measuredLab.ts";

const line = labs.find(({ id }) => id === "perceptron-line");
if (!line) throw new Error("The chapter has no lab perceptron-line.");
const opened: LabHandle[] = [];

function open(): LabHandle {
  const handle = openLab(line as NonNullable<typeof line>, "01-perceptron");
  opened.push(handle);
  return handle;
}

afterEach(() => {
  for (const handle of opened.splice(0)) handle.close();
});

/** The next frame for which `holds`. */
function frameWith(handle: LabHandle, holds: (frame: Frame) => boolean): Promise<Frame> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const frame = handle.current();
      const status = handle.status();
      if (status.phase === "failed") reject(new Error(status.why));
      else if (frame && holds(frame)) resolve(frame);
      else return;
      stop();
    };
    const stop = handle.subscribe(look);
    look();
  });
}

const wait = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

describe("in workers", () => {
  test("a lab runs, and what its figure watches comes in its frames", async () => {
    const handle = open();
    const frame = await frameWith(handle, () => true);
    expect(Object.keys(frame.values)).toEqual(expect.arrayContaining(["w", "b"]));
    const { step } = await handle.train(30);
    expect(step).toBe((line.openingSteps ?? 0) + 30);
    expect(
      (await frameWith(handle, (one) => one.step === step)).curve.steps.length,
    ).toBeGreaterThan(10);
  });

  test.each(backendNames)(
    "moving to %s loses nothing, and training goes on there",
    async (name) => {
      const handle = open();
      await handle.configure({ optimiser: "adam" });
      await handle.train(20);
      const before = await handle.save();
      expect(await handle.backend(name)).toBe(name);
      expect(await handle.save()).toEqual(before);
      const { step } = await handle.train(5);
      const there = await handle.read("w");
      await handle.undo();
      await handle.redo();
      await handle.load(before);
      await handle.backend("cpu");
      expect((await handle.train(5)).step).toBe(step);
      const here = await handle.read("w");
      for (const [i, value] of here.data.entries()) expect(there.data[i]).toBeCloseTo(value, 4);
    },
  );

  test("two labs that train share the worker fairly", async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.play(), other.play()]);
    await wait(1500);
    await Promise.all([one.pause(), other.pause()]);
    const [a, b] = [await one.train(0), await other.train(0)];
    expect(Math.min(a.step, b.step)).toBeGreaterThan(20);
    expect(Math.max(a.step, b.step) / Math.min(a.step, b.step)).toBeLessThan(3);
  });

  test("a lab out of view does not play on, but takes the steps that were asked for", async () => {
    const handle = open();
    handle.setVisible(false);
    await handle.play();
    await wait(300);
    const { step } = await handle.train(0);
    await handle.play();
    await wait(300);
    expect((await handle.train(0)).step).toBe(step);
    expect((await handle.train(7)).step).toBe(step + 7);
  });

  test("opening, training and closing leave no tensor on any backend", async () => {
    const warm = open();
    await warm.train(3);
    warm.close();
    await wait(200);
    const before = await tensorCounts();
    for (let i = 0; i < 3; i++) {
      const handle = open();
      await handle.train(40);
      await handle.write("w", [1, -1]);
      await frameWith(handle, () => true);
      handle.close();
    }
    await wait(500);
    expect(await tensorCounts()).toEqual(before);
  });
});

interface Lossy {
  readonly gpgpu?: { readonly gl: WebGL2RenderingContext };
  readonly device?: GPUDevice;
}

const losses: Partial<Record<BackendName, () => void>> = {
  webgl: () => {
    const { gpgpu } = tf.backend() as unknown as Lossy;
    gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
  },
  webgpu: () => {
    (tf.backend() as unknown as Lossy).device?.destroy();
  },
};

async function session(runtime: Runtime): Promise<LabSession> {
  const lab = await LabSession.open(measuredLab, measuredProgram, runtime);
  lab.onWork = async () => {
    while (lab.waits() === 0) await lab.slice(20);
  };
  return lab;
}

describe.each(["webgl", "webgpu"] as const)("on %s", (name) => {
  test("a lost device costs no step: the lab rebuilds itself, goes on, and says so", async () => {
    const runtime = await Runtime.start(name);
    const lab = await session(runtime);
    await lab.train(20);
    losses[name]?.();
    const { step } = await lab.train(10);
    expect(step).toBe(30);
    expect(runtime.generation).toBe(1);
    expect((await lab.frame()).notice?.text).toMatch(/rebuilt itself and carried on/);
    const w = await lab.read("w");
    await lab.close();

    const reference = await session(await Runtime.start("cpu"));
    await reference.train(30);
    const expected = await reference.read("w");
    for (const [i, value] of expected.data.entries()) expect(w.data[i]).toBeCloseTo(value, 4);
    await reference.close();
  });

  test("wrong arithmetic fails the self-test, which says where", async () => {
    const runtime = await Runtime.start(name);
    expect(await selfTest(runtime)).toBeNull();
    const right = tf.getKernel("Sigmoid", name);
    tf.unregisterKernel("Sigmoid", name);
    tf.registerKernel({ ...tf.getKernel("Relu", name), kernelName: "Sigmoid" });
    try {
      expect(await selfTest(runtime)).toMatch(/^a dense layer came out wrong/);
    } finally {
      tf.unregisterKernel("Sigmoid", name);
      tf.registerKernel(right);
    }
  });
});

test("where no worker starts, the labs run in the page on the CPU, and say so", async () => {
  const { Worker } = globalThis;
  globalThis.Worker = class {
    constructor() {
      throw new Error("workers are forbidden here");
    }
  } as unknown as typeof Worker;
  try {
    // A copy of the client that has no worker running yet.
    const path = "../../src/engine/client.ts?without-workers";
    const fresh = (await import(/* @vite-ignore */ path)) as { openLab: typeof openLab };
    const handle = fresh.openLab(line, "01-perceptron");
    const frame = await frameWith(handle, ({ notice }) => notice !== null);
    expect(frame.notice?.text).toMatch(/would not start a background worker/);
    expect((await handle.train(5)).step).toBe((line.openingSteps ?? 0) + 5);
    await expect(handle.backend("wasm")).rejects.toThrow();
    expect((await handle.train(5)).step).toBe((line.openingSteps ?? 0) + 10);
    handle.close();
  } finally {
    globalThis.Worker = Worker;
  }
});
