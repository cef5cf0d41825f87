import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { CheckpointError, fetchedCheckpoint, trainedMoment } from "../../src/engine/checkpoint.ts";
import { checkpointOnDisk } from "../../src/engine/checkpointFile.ts";
import { trainedCheckpoint } from "../../src/engine/checkpointTraining.ts";
import { LabSession } from "../../src/engine/session.ts";
import type { Program } from "../../src/models/program.ts";
import { decodeCapsule, encodeCapsule } from "../../src/training/capsule.ts";
import type { Lab } from "../../src/training/lab.ts";
import { measuredLab, measuredProgram } from "./measuredLab.ts";

/** A small lab of the tests' own that opens trained. */
const lab: Lab = { ...measuredLab, id: "trained-lab", checkpoint: { steps: 60 } };

let runtime: Runtime;
let bytes: Uint8Array<ArrayBuffer>;
const sessions: LabSession[] = [];

beforeAll(async () => {
  runtime = await Runtime.start("cpu");
  ({ bytes } = await trainedCheckpoint(lab, measuredProgram, runtime));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

async function opened(checkpoint?: Uint8Array | null): Promise<LabSession> {
  const session = await LabSession.open(lab, measuredProgram, runtime, undefined, checkpoint);
  sessions.push(session);
  return session;
}

test("a checkpoint is the lab's own state after its steps, at step 0 and without slots", async () => {
  const session = await opened();
  session.onWork = async () => {
    while (session.waits() === 0) await session.slice(5);
  };
  await session.train(60);
  const { parameters } = decodeCapsule(await session.save());
  expect(decodeCapsule(bytes)).toMatchObject({
    lab: "trained-lab",
    step: 0,
    slots: {},
    parameters,
  });
});

test("the same lab gives the same checkpoint, to the byte", async () => {
  expect((await trainedCheckpoint(lab, measuredProgram, runtime)).bytes).toEqual(bytes);
});

test("a lab opens with its checkpoint, and starting over begins from nothing", async () => {
  const [trained, fresh] = [await opened(bytes), await opened()];
  const [before, after] = [await fresh.frame(), await trained.frame()];
  expect(after.loss).toBeLessThan(before.loss / 2);
  expect([after.step, after.canUndo, after.notice]).toEqual([0, false, null]);
  await trained.reset();
  expect(await trained.read("w")).toEqual(await fresh.read("w"));
  await trained.undo();
  expect((await trained.frame()).loss).toBe(after.loss);
});

test("where it cannot be had the lab opens untrained, and says so in one sentence", async () => {
  const frame = await (await opened(null)).frame();
  expect(frame.loss).toBe((await (await opened()).frame()).loss);
  expect(frame.notice?.text).toMatch(/could not be fetched.*train it\.$/);
});

test("a lab may open with another's checkpoint: its parameters, and nothing else of it", async () => {
  const second: Lab = { ...lab, id: "second-lab", version: 3, checkpoint: { of: "trained-lab" } };
  const session = await LabSession.open(second, measuredProgram, runtime, undefined, bytes);
  sessions.push(session);
  const { lab: id, version, step, parameters } = decodeCapsule(await session.save());
  expect([id, version, step]).toEqual(["second-lab", 3, 0]);
  expect(parameters).toEqual(decodeCapsule(bytes).parameters);
});

test("a lab that opens with another's checkpoint names that one as what is to be trained", async () => {
  const second: Lab = { ...lab, id: "second-lab", checkpoint: { of: "gone-lab" } };
  await expect(checkpointOnDisk(second, measuredProgram)).rejects.toThrow(
    'The lab "second-lab" declares a checkpoint, but public/checkpoints/gone-lab.safetensors is not there. Train it: npm run train -- gone-lab',
  );
  expect(trainedMoment(second, measuredProgram, bytes)).toBeInstanceOf(CheckpointError);
});

const capsule = () => decodeCapsule(bytes);
const renamed: Program = {
  ...measuredProgram(),
  parameters: { v: { shape: [2], initial: { kind: "constant", value: 0 } } },
};
const widened: Program = {
  ...measuredProgram(),
  parameters: {
    ...measuredProgram().parameters,
    w: { shape: [3], initial: { kind: "constant", value: 0 } },
  },
};

test.each([
  ["of another lab", { ...lab, id: "other-lab" }, measuredProgram, () => bytes],
  ["of another version", { ...lab, version: 2 }, measuredProgram, () => bytes],
  ["of parameters with other names", lab, () => renamed, () => bytes],
  ["of parameters of another shape", lab, () => widened, () => bytes],
  [
    "with a setting that is no more",
    lab,
    measuredProgram,
    () => encodeCapsule({ ...capsule(), config: { ...capsule().config, gone: 1 } }),
  ],
  ["cut off", lab, measuredProgram, () => bytes.subarray(0, 100)],
])(
  "a checkpoint %s does not fit: the error names the lab and the remedy",
  async (_what, own, programOf, its) => {
    const wrong = trainedMoment(own, programOf, its());
    expect(wrong).toBeInstanceOf(CheckpointError);
    expect((wrong as Error).message).toMatch(
      new RegExp(`^The checkpoint of the lab "${own.id}".*npm run train -- ${own.id}$`),
    );
  },
);

test("a lab whose checkpoint does not fit opens untrained rather than not at all", async () => {
  const { notice } = await (await opened(bytes.subarray(0, 100))).frame();
  expect(notice?.tone).toBe("warning");
});

test("a checkpoint that is declared and not there stops the build by name", async () => {
  await expect(checkpointOnDisk(lab, measuredProgram)).rejects.toThrow(
    'The lab "trained-lab" declares a checkpoint, but public/checkpoints/trained-lab.safetensors is not there. Train it: npm run train -- trained-lab',
  );
});

test("it is fetched from beside the book; a missing file or no network gives null", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    asked.push(url.href);
    return new Response(bytes);
  });
  expect(await fetchedCheckpoint(lab)).toEqual(new Uint8Array(bytes));
  expect(asked[0]).toMatch(/\/checkpoints\/trained-lab\.safetensors$/);
  vi.stubGlobal("fetch", async () => new Response("not found", { status: 404 }));
  expect(await fetchedCheckpoint(lab)).toBeNull();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  expect(await fetchedCheckpoint(lab)).toBeNull();
});
