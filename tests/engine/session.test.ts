import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { entry, ndarray } from "../../src/data/ndarray.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import type { Program } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { decodeCapsule, encodeCapsule } from "../../src/training/capsule.ts";
import { scheduleFields } from "../../src/training/schedule.ts";
import { measuredLab, measuredProgram } from "./measuredLab.ts";

let runtime: Runtime;
const open: LabSession[] = [];

beforeAll(async () => {
  runtime = await Runtime.start("cpu");
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
});

async function session(): Promise<LabSession> {
  const opened = await LabSession.open(measuredLab, measuredProgram, runtime);
  opened.onWork = () => void run(opened);
  open.push(opened);
  return opened;
}

/** Stands in for the host: gives the session slices until it has nothing to do. */
async function run(opened: LabSession): Promise<void> {
  while (opened.waits() === 0) await opened.slice(5);
}

test("a lab opens with its taps, parameters and shapes named", async () => {
  const lab = await session();
  expect(await lab.names()).toEqual({
    params: [
      { name: "w", shape: [2] },
      { name: "b", shape: [] },
    ],
    taps: [
      { name: "z", shape: [4] },
      { name: "y_hat", shape: [4] },
      { name: "L", shape: [] },
    ],
  });
});

test("a lab opens with what its figure looks at closely, until the page says what it watches", async () => {
  const looking = { ...measuredLab, closely: () => ["y_hat"] };
  const lab = await LabSession.open(looking, measuredProgram, runtime);
  open.push(lab);
  expect((await lab.frame()).values.y_hat?.shape).toEqual([4]);
  await lab.watch([]);
  expect((await lab.frame()).values.y_hat).toBeUndefined();
});

test("what is written is what is read, and what lies downstream follows", async () => {
  const lab = await session();
  await lab.write("w", [1, -2]);
  await lab.write("b", 0.5);
  expect([...(await lab.read("w")).data]).toEqual([1, -2]);
  expect([...(await lab.read("z")).data]).toEqual([0.5, -1.5, 1.5, -0.5]);
});

test("a held tap keeps its value until released, and its gradient is taken there", async () => {
  const lab = await session();
  const before = [...(await lab.read("y_hat")).data];
  await lab.write("z", [0, 0, 0, 0]);
  expect([...(await lab.read("y_hat")).data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  // dL/dz of the mean cross-entropy is (σ(z) − y) / m; AND has one positive example of four.
  expect([...(await lab.grad("z")).data]).toEqual([0.125, 0.125, 0.125, -0.125]);
  await lab.release("z");
  expect([...(await lab.read("y_hat")).data]).toEqual(before);
});

test("an edit lets held taps go before it writes, and one gesture's edits are one step of undo", async () => {
  const lab = await session();
  await lab.edit({ write: { z: [0, 0, 0, 0], y_hat: [1, 1, 1, 1] } }, "hand");
  expect((await lab.frame()).held).toEqual(["z", "y_hat"]);
  await lab.edit({ release: ["z", "w"] }, "hand");
  expect((await lab.frame()).held).toEqual(["y_hat"]);
  await lab.edit({ release: true, write: { z: [1, 1, 1, 1] } }, "hand");
  expect((await lab.frame()).held).toEqual(["z"]);
  await lab.undo();
  const { held, canUndo } = await lab.frame();
  expect(held).toEqual([]);
  expect(canUndo).toBe(false);
});

test("the gradient with respect to a parameter is the finite difference of the loss", async () => {
  const lab = await session();
  const step = 1e-2;
  const loss = async (b: number) => {
    await lab.write("b", b);
    return entry(await lab.read("L"));
  };
  const difference = ((await loss(0.3 + step)) - (await loss(0.3 - step))) / (2 * step);
  await lab.write("b", 0.3);
  expect(entry(await lab.grad("b"))).toBeCloseTo(difference, 3);
});

test("the same seed gives the same run, to the bit, however it is sliced", async () => {
  const [one, other] = [await session(), await session()];
  await one.reset(7);
  await one.train(300);
  await other.reset(7);
  for (let i = 0; i < 30; i++) await other.train(10);
  expect((await one.read("w")).data).toEqual((await other.read("w")).data);
  expect((await one.frame()).curve).toEqual((await other.frame()).curve);
  await other.reset(8);
  await other.train(300);
  expect((await one.read("w")).data).not.toEqual((await other.read("w")).data);
});

test("seeking back and training on gives what training straight gives", async () => {
  const lab = await session();
  await lab.train(100);
  const at100 = await lab.read("w");
  await lab.seek(37);
  expect((await lab.frame()).step).toBe(37);
  await lab.train(63);
  expect(await lab.read("w")).toEqual(at100);
});

test("seeking to before a change of settings brings the old settings back, and the same steps", async () => {
  const lab = await session();
  await lab.train(50);
  const at50 = await lab.read("w");
  await lab.configure({ learningRate: 2, optimiser: "momentum" });
  await lab.train(50);
  await lab.seek(45);
  const { config } = await lab.frame();
  expect(config).toMatchObject({ learningRate: 0.5, optimiser: "sgd" });
  await lab.train(5);
  expect(await lab.read("w")).toEqual(at50);
});

test("a schedule sets the rate of each step, also after going back", async () => {
  const schedule = { schedule: "cosine", scheduleSteps: 20 };
  const fields = { ...measuredLab.fields, ...scheduleFields(20) };
  const lab = await LabSession.open({ ...measuredLab, fields }, measuredProgram, runtime);
  lab.onWork = () => void run(lab);
  open.push(lab);
  await lab.configure(schedule);
  await lab.train(10);
  const [w, slope] = [await lab.read("w"), await lab.read("grad w@batch")];
  await lab.train(1);
  // Half-way, (1 + cos(π/2)) / 2 = 1/2 of the rate of 0.5.
  const after = (await lab.read("w")).data;
  for (const [i, value] of after.entries()) {
    expect(value).toBeCloseTo((w.data[i] ?? 0) - 0.25 * (slope.data[i] ?? 0), 6);
  }
  await lab.train(20);
  const end = await lab.read("w");
  await lab.train(5);
  expect(await lab.read("w")).toEqual(end);
  await lab.seek(3);
  await lab.train(28);
  expect(await lab.read("w")).toEqual(end);
});

/** The tests' lab, with its third row kept for the test. */
async function parted(): Promise<LabSession> {
  const lab = { ...measuredLab, heldOut: () => [2] };
  const opened = await LabSession.open(lab, measuredProgram, runtime);
  opened.onWork = () => void run(opened);
  open.push(opened);
  return opened;
}

test("rows that are held out train nothing and count in no loss, and the probe test holds them", async () => {
  const lab = await parted();
  await lab.watch(["z@test", "z"]);
  const frame = await lab.frame();
  expect(frame.heldOut).toEqual([2]);
  expect(frame.data.y?.shape).toEqual([4]);
  expect(frame.values["z@test"]?.shape).toEqual([1]);
  // The input is what trains, so the loss of the run that is looked at is that of the curve.
  expect(frame.values.z?.shape).toEqual([3]);
  expect(entry(await lab.read("L"))).toBe(frame.loss);
  const alone = await session();
  await alone.data({
    x: [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
    y: [0, 0, 1],
  });
  await Promise.all([lab.train(30), alone.train(30)]);
  expect(await lab.read("w")).toEqual(await alone.read("w"));
});

test("the reader's own data are parted as the lab's are", async () => {
  const lab = await parted();
  await lab.data({
    x: [
      [0, 0],
      [0, 1],
      [5, 5],
      [1, 1],
      [2, 2],
    ],
    y: [0, 0, 0, 1, 1],
  });
  const seen = new Set<number>();
  for (let step = 0; step < 8; step++) {
    for (const row of (await lab.frame()).batch) seen.add(row);
    await lab.train(1);
  }
  expect([...seen].sort()).toEqual([0, 1, 3, 4]);
  await lab.write("w", [1, 0]);
  await lab.write("b", 0);
  expect([...(await lab.read("z@test")).data]).toEqual([5]);
  const fresh = await parted();
  await fresh.load(await lab.save());
  expect((await fresh.frame()).loss).toBe((await lab.frame()).loss);
});

test("the gradient on the probe batch is the one that the next step takes", async () => {
  const lab = await session();
  const [w, slope] = [await lab.read("w"), await lab.read("grad w@batch")];
  await lab.train(1);
  const after = await lab.read("w");
  for (const [i, value] of after.data.entries()) {
    expect(value).toBeCloseTo((w.data[i] ?? 0) - 0.5 * (slope.data[i] ?? 0), 6);
  }
});

test("a probe that the model cannot take has no value, and the other values come all the same", async () => {
  const lab = await session();
  await lab.watch(["z@odd", "y_hat"], { odd: { x: ndarray([[1, 2, 3]]) } });
  const { values } = await lab.frame();
  expect(Object.keys(values)).toContain("y_hat");
  expect(values).not.toHaveProperty("z@odd");
});

test("a probe of the lab's own on which the model fails is not passed over", async () => {
  const probed = { ...measuredLab, probes: () => ({ odd: { x: ndarray([[1, 2, 3]]) } }) };
  const opened = await LabSession.open(probed, measuredProgram, runtime);
  open.push(opened);
  await opened.watch(["z@odd"]);
  await expect(opened.frame()).rejects.toThrow(/shape|broadcast/);
});

test("undo takes back one edit, a drag as one, and redo makes it again", async () => {
  const lab = await session();
  const first = await lab.read("w");
  await lab.write("w", [1, 1], "drag 1");
  await lab.write("w", [2, 2], "drag 1");
  await lab.write("b", 3);
  await lab.undo();
  expect([...(await lab.read("w")).data]).toEqual([2, 2]);
  await lab.undo();
  expect(await lab.read("w")).toEqual(first);
  await lab.redo();
  expect([...(await lab.read("w")).data]).toEqual([2, 2]);
});

test("undo takes back the drag of a setting as one", async () => {
  const lab = await session();
  const { learningRate } = (await lab.frame()).config;
  await lab.configure({ learningRate: 0.1 }, "drag 1");
  await lab.configure({ learningRate: 0.2 }, "drag 1");
  await lab.undo();
  const frame = await lab.frame();
  expect(frame.config.learningRate).toBe(learningRate);
  expect(frame.canUndo).toBe(false);
});

test("undo of starting over brings the trained parameters back", async () => {
  const lab = await session();
  await lab.train(50);
  const trained = await lab.read("w");
  await lab.reset(3);
  await lab.undo();
  expect(await lab.read("w")).toEqual(trained);
  expect((await lab.frame()).step).toBe(50);
});

describe.each(["sgd", "momentum", "rmsprop", "adam"])("with %s", (optimiser) => {
  test("training does not move a locked entry, and moves the others, until it is unlocked", async () => {
    const lab = await session();
    await lab.configure({ optimiser });
    await lab.train(5);
    const [w, b] = [await lab.read("w"), await lab.read("b")];
    await lab.lock("w", [0, 1]);
    await lab.lock("b");
    await lab.train(20);
    const after = await lab.read("w");
    expect(after.data[0]).not.toBe(w.data[0]);
    expect(after.data[1]).toBe(w.data[1]);
    expect(await lab.read("b")).toEqual(b);
    await lab.lock("w", false);
    await lab.train(5);
    expect((await lab.read("w")).data[1]).not.toBe(w.data[1]);
    expect(Object.keys((await lab.frame()).locked)).toEqual(["b"]);
  });
});

test("what is locked can still be written, and stays as it is written", async () => {
  const lab = await session();
  await lab.lock("w", [1, 0]);
  await lab.write("w", [3, 4]);
  await lab.train(10);
  expect((await lab.read("w")).data[0]).toBe(3);
});

test("a lock is undone and redone, saved and loaded, and gone after starting over", async () => {
  const lab = await session();
  await lab.lock("w", [0, 1]);
  await lab.undo();
  expect((await lab.frame()).locked).toEqual({});
  await lab.redo();
  expect((await lab.frame()).locked).toEqual({ w: ndarray([0, 1]) });
  const fresh = await session();
  await fresh.load(await lab.save());
  const before = await fresh.read("w");
  await fresh.train(10);
  expect((await fresh.read("w")).data[1]).toBe(before.data[1]);
  await fresh.reset();
  expect((await fresh.frame()).locked).toEqual({});
});

test("a lab carried to another place takes its locks along", async () => {
  const lab = await session();
  await lab.edit({ write: { w: [1, 2] }, lock: { w: [0, 1] } });
  const there = await LabSession.open(measuredLab, measuredProgram, runtime, await lab.carry());
  open.push(there);
  there.onWork = () => void run(there);
  await there.train(10);
  expect((await there.read("w")).data[1]).toBe(2);
});

test("a saved state opens in a fresh lab as it was, and training goes on the same", async () => {
  const lab = await session();
  await lab.configure({ optimiser: "adam", learningRate: 0.05, batchSize: 1 });
  await lab.train(40);
  await lab.write("z", [1, 2, 3, 4]);
  await lab.release("z");
  const bytes = await lab.save();
  const fresh = await session();
  await fresh.load(bytes);
  await Promise.all([lab.train(25), fresh.train(25)]);
  expect(await fresh.read("w")).toEqual(await lab.read("w"));
  expect((await fresh.frame()).config).toEqual((await lab.frame()).config);
});

test("a state of another lab, or a broken file, is refused and changes nothing", async () => {
  const lab = await session();
  await lab.train(5);
  const before = await lab.save();
  await expect(lab.load(new Uint8Array([1, 2, 3]))).rejects.toThrow();
  const other = { ...measuredLab, id: "another-lab" };
  const stranger = await LabSession.open(other, measuredProgram, runtime);
  open.push(stranger);
  await expect(lab.load(await stranger.save())).rejects.toThrow(/belongs to the lab "another-lab"/);
  expect(await lab.save()).toEqual(before);
});

test("a state that holds what the model does not have is refused and changes nothing", async () => {
  const lab = await session();
  const before = await lab.save();
  const held = { q: ndarray([1]) };
  const hostile = encodeCapsule({ ...decodeCapsule(before), held });
  await expect(lab.load(hostile)).rejects.toThrow(/holds "q"/);
  const slots = { "m/w": ndarray([1, 2]) };
  const stray = encodeCapsule({ ...decodeCapsule(before), slots });
  await expect(lab.load(stray)).rejects.toThrow(/keeps no "m\/w"/);
  expect(await lab.save()).toEqual(before);
});

test.each([
  ["a name that does not exist", (lab: LabSession) => lab.read("q"), /no "q".*w, b.*z, y_hat, L/],
  [
    "a wrong shape",
    (lab: LabSession) => lab.write("w", [1, 2, 3]),
    /w takes shape \[2\], got \[3\]/,
  ],
  ["a ragged list", (lab: LabSession) => lab.write("w", [[1], [1, 2]]), /rows of one length/],
  ["an infinite number", (lab: LabSession) => lab.write("b", Number.POSITIVE_INFINITY), /finite/],
  ["text", (lab: LabSession) => lab.write("b", "five" as never), /the text "five"/],
  ["an input that does not fit", (lab: LabSession) => lab.input([1, 2, 3]), /shape \[2\].*\[3\]/],
  [
    "a setting out of range",
    (lab: LabSession) => lab.configure({ learningRate: -1 }),
    /0.00001 to 10/,
  ],
  ["a lock on a tap", (lab: LabSession) => lab.lock("z"), /Only a parameter can be locked/],
  ["a lock of another shape", (lab: LabSession) => lab.lock("w", [1]), /shape \[2\], got \[1\]/],
  ["half a lock", (lab: LabSession) => lab.lock("w", [1, 0.5]), /1 \(locked\) or 0 \(free\)/],
  ["an unknown setting", (lab: LabSession) => lab.configure({ speed: 1 }), /no setting "speed"/],
  ["a broken seed", (lab: LabSession) => lab.reset(1.5), /whole number/],
  ["a negative number of steps", (lab: LabSession) => lab.train(-1), /whole number of steps/],
  ["a probe that does not exist", (lab: LabSession) => lab.read("z@moon"), /no probe "moon"/],
  ["data with a column missing", (lab: LabSession) => lab.data({ x: [[0, 1]] }), /y is missing/],
])("%s is refused with a message, and nothing changes", async (_what, act, message) => {
  const lab = await session();
  const before = await lab.save();
  await expect(act(lab)).rejects.toThrow(message);
  expect(await lab.save()).toEqual(before);
});

test("the input may be one example or many, and the output follows", async () => {
  const lab = await session();
  await lab.write("w", [1, 1]);
  await lab.write("b", 0);
  expect(await lab.input([0, 0])).toEqual(ndarray(0.5));
  expect(
    (
      await lab.input([
        [0, 0],
        [1, -1],
      ])
    ).shape,
  ).toEqual([2]);
  await expect(lab.grad("w")).rejects.toThrow(/needs x and y/);
});

test("a target stays when one example takes the place of a batch of one", async () => {
  const lab = await session();
  await lab.input({ x: [[0, 1]], y: [1] });
  await lab.input([1, 1]);
  expect((await lab.grad("w")).shape).toEqual([2]);
});

test("own data takes the place of the lab's, and the input follows it", async () => {
  const lab = await session();
  await lab.data({
    x: [
      [1, 0],
      [0, 1],
    ],
    y: [1, 0],
  });
  expect((await lab.read("z")).shape).toEqual([2]);
  await lab.undo();
  expect((await lab.read("z")).shape).toEqual([4]);
});

test("a loss that is no longer finite stops training and goes back, saying so", async () => {
  const lab = await session();
  await lab.train(20);
  await lab.write("w", [3e38, 3e38]);
  await lab.configure({ learningRate: 10 });
  await lab.train(50);
  const frame = await lab.frame();
  expect(frame.notice?.text).toMatch(/went back to step/);
  expect(frame.playing).toBe(false);
  expect([...(await lab.read("w")).data].every(Number.isFinite)).toBe(true);
});

test("a kernel that throws once is survived; one that goes on throwing stops the lab with a reason", async () => {
  const lab = await session();
  await lab.train(40);
  const { kernelFunc } = tf.getKernel("Sigmoid", "cpu");
  let throws = 0;
  const broken = { kernelName: "Sigmoid", backendName: "cpu" } as const;
  const replace = (kernel: typeof kernelFunc) => {
    tf.unregisterKernel("Sigmoid", "cpu");
    tf.registerKernel({ ...broken, kernelFunc: kernel });
  };
  replace((args) => {
    if (throws-- > 0) throw new Error("the kernel broke");
    return kernelFunc(args);
  });
  // With batches of another size a step is not a replay, which leaves out the kernels that it can.
  const breakNextStep = async (batchSize: number, times: number) => {
    await lab.configure({ batchSize });
    throws = times;
  };
  try {
    await breakNextStep(2, 1);
    await lab.train(20);
    const frame = await lab.frame();
    expect(frame.notice?.text).toMatch(/the kernel broke.*carried on/);
    expect(frame.step).toBeGreaterThanOrEqual(40);
    await breakNextStep(3, Number.POSITIVE_INFINITY);
    let why = "";
    lab.onBroken = (reason) => {
      why = reason;
    };
    await expect(lab.train(20)).rejects.toThrow("the kernel broke");
    expect(why).toBe("the kernel broke");
  } finally {
    replace(kernelFunc);
  }
});

test("a parameter that follows a tap takes its value after each step, and no gradient moves it", async () => {
  const programOf = () => ({
    ...measuredProgram(),
    parameters: {
      ...measuredProgram().parameters,
      seen: { shape: [], initial: { kind: "constant" as const, value: 0 } },
    },
    follows: { seen: "L" },
  });
  const lab = await LabSession.open(measuredLab, programOf, runtime);
  lab.onWork = () => void run(lab);
  open.push(lab);
  await lab.configure({ batchSize: 0 });
  const loss = await lab.read("L");
  await lab.train(1);
  expect(await lab.read("seen")).toEqual(loss);
});

test("noise is drawn for training steps alone, anew at each, the same for the same seed and step", async () => {
  const programOf = (): Program => ({
    ...measuredProgram(),
    parameters: {
      ...measuredProgram().parameters,
      seen: { shape: [], initial: { kind: "constant", value: 0 } },
    },
    follows: { seen: "drawn" },
    noise: { u: { kind: "uniform", shape: (examples) => [examples, 3] } },
    loss(parameters, batch, tap) {
      tap("drawn", batch.u ? batch.u.sum() : tf.scalar(-1));
      return measuredProgram().loss?.(parameters, batch, tap) as tf.Scalar;
    },
  });
  const lab = await LabSession.open(measuredLab, programOf, runtime);
  lab.onWork = () => void run(lab);
  open.push(lab);
  expect(entry(await lab.read("drawn"))).toBe(-1);
  const drawn = async () => {
    const sums: number[] = [];
    for (let step = 0; step < 6; step++) {
      await lab.train(1);
      sums.push(entry(await lab.read("seen")));
    }
    return sums;
  };
  const first = await drawn();
  expect(new Set(first).size).toBe(6);
  for (const sum of first) expect(sum > 0 && sum < 3).toBe(true);
  await lab.seek(0);
  expect(await drawn()).toEqual(first);
});

test("a lab leaves no tensor behind: over 5,000 steps, edits and closing", async () => {
  const before = tf.memory().numTensors;
  const lab = await LabSession.open(measuredLab, measuredProgram, runtime);
  lab.onWork = () => void run(lab);
  await lab.frame();
  await lab.train(10);
  const running = tf.memory().numTensors;
  await lab.train(5000);
  await lab.write("w", [1, 2]);
  await lab.input([1, 2]);
  await lab.frame();
  await lab.undo();
  await lab.undo();
  await lab.seek(1234);
  await lab.train(1);
  expect(tf.memory().numTensors).toBe(running);
  await lab.close();
  expect(tf.memory().numTensors).toBe(before);
});

test("the curve records what the lab names beside the loss, and follows the run back and forth", async () => {
  const lab = { ...measuredLab, records: ["L@corner"] };
  const probed = {
    ...lab,
    probes: () => ({ corner: { x: ndarray([[1, 1]]), y: ndarray([1]) } }),
  };
  const opened = await LabSession.open(probed, measuredProgram, runtime);
  opened.onWork = () => void run(opened);
  open.push(opened);
  await opened.train(5);
  const last = entry(await opened.read("L@corner"));
  const { steps, others } = (await opened.frame()).curve;
  expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
  expect(others?.["L@corner"]).toHaveLength(6);
  expect(others?.["L@corner"]?.at(-1)).toBeCloseTo(last, 6);
  await opened.seek(2);
  const back = entry(await opened.read("L@corner"));
  expect(others?.["L@corner"]?.[2]).toBeCloseTo(back, 6);
  const carried = await opened.carry();
  const moved = await LabSession.open(probed, measuredProgram, runtime, carried);
  open.push(moved);
  expect((await moved.frame()).curve.others).toEqual(others);
});

test("the probe batch is what the next step is given, its noise included", async () => {
  const thinned = (): Program => {
    const plain = measuredProgram();
    return {
      ...plain,
      noise: { u: { kind: "uniform", shape: (examples) => [examples] } },
      forward(parameters, inputs, tap) {
        if (inputs.u) tap("drawn", inputs.u.clone());
        return plain.forward.call(plain, parameters, inputs, tap);
      },
      loss(parameters, batch, tap) {
        if (batch.u) tap("drawn", batch.u.clone());
        return plain.loss?.call(plain, parameters, batch, tap) as tf.Scalar;
      },
    };
  };
  const opened = await LabSession.open(measuredLab, thinned, runtime);
  opened.onWork = () => void run(opened);
  open.push(opened);
  await opened.watch(["drawn@batch"]);
  const drawn = async () => [...((await opened.frame()).values["drawn@batch"]?.data ?? [])];
  const first = await drawn();
  expect(first).toHaveLength(1);
  await opened.train(1);
  expect(await drawn()).not.toEqual(first);
  await opened.seek(0);
  expect(await drawn()).toEqual(first);
});
