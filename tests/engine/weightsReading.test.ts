import { readFileSync } from "node:fs";
import { afterEach, beforeAll, expect, test } from "vitest";
import { ownLab } from "../../chapters/08-transformer/ownLab.ts";
import { ownGpt } from "../../chapters/08-transformer/ownProgram.ts";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import * as tf from "../../src/models/tf.ts";
import { readSafetensors } from "../../src/training/safetensors.ts";

const bytes = new Uint8Array(readFileSync(new URL("../golden/gpt2.safetensors", import.meta.url)));
const file = () => new Blob([bytes]);
const given = { heads: 2, model: "gpt2.safetensors" };
/** As tests/golden/gpt2.py has them. */
const sizes = { V: 260, T: 12, d_model: 8, layers: 2, heads: 2 };

let runtime: Runtime;
const open: LabSession[] = [];

beforeAll(async () => {
  runtime = await Runtime.start("cpu");
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
});

type Carried = Parameters<typeof LabSession.open>[3];

async function session(carried?: Carried): Promise<LabSession> {
  const opened = await LabSession.open(ownLab, ownGpt, runtime, carried);
  open.push(opened);
  return opened;
}

test("the lab takes the sizes and the numbers of the file", async () => {
  const lab = await session();
  await lab.weights(file(), given);
  const { config, hasTorchNames } = await lab.frame();
  expect(config).toMatchObject({ ...sizes, model: "gpt2.safetensors" });
  expect(hasTorchNames).toBe(true);
  const theirs = readSafetensors(bytes).tensors.get("transformer.wte.weight");
  expect((await lab.read("W_E")).data).toEqual(theirs?.data);
});

test("what it saves for PyTorch is the file, its masks left out", async () => {
  const lab = await session();
  await lab.weights(file(), given);
  const saved = readSafetensors(await lab.save({ layout: "torch" })).tensors;
  const theirs = [...readSafetensors(bytes).tensors]
    .map(([name, array]) => [name.replace("transformer.", ""), array] as const)
    .filter(([name]) => !/\.attn\.(masked_)?bias/.test(name));
  expect(new Map([...saved].sort())).toEqual(new Map(theirs.sort()));
});

test("undo goes back to the model before, redo to the file's", async () => {
  const lab = await session();
  const before = await lab.read("W_E");
  await lab.weights(file(), given);
  const after = await lab.read("W_E");
  await lab.undo();
  expect(await lab.read("W_E")).toEqual(before);
  await lab.redo();
  expect(await lab.read("W_E")).toEqual(after);
});

test("what the file holds is not carried elsewhere, but read there again; what was changed is", async () => {
  const lab = await session();
  await lab.weights(file(), given);
  await lab.write("norm_f.beta", [1, 2, 3, 4, 5, 6, 7, 8]);
  const carried = await lab.carry();
  expect(Object.keys(carried.moment.parameters)).toEqual(["norm_f.beta"]);
  expect(carried.undo.past.at(-1)?.state.parameters).toEqual({});
  const moved = await session(structuredClone(carried));
  for (const name of ["norm_f.beta", "blocks.1.attn.W_K", "p"]) {
    expect(await moved.read(name)).toEqual(await lab.read(name));
  }
  await moved.undo();
  await lab.undo();
  expect(await moved.read("norm_f.beta")).toEqual(await lab.read("norm_f.beta"));
});

test("what the page watches is watched elsewhere, too", async () => {
  const lab = await session();
  await lab.watch(["p@mine"], {
    mine: {
      x: { shape: [1, 1], data: Float32Array.of(3) },
      t: { shape: [], data: Float32Array.of(0) },
    },
  });
  const moved = await session(structuredClone(await lab.carry()));
  const { values } = await moved.frame();
  expect(values["p@mine"]).toEqual((await lab.frame()).values["p@mine"]);
  expect(values["p@mine"]?.shape).toEqual([512]);
});

test("starting over leaves the file for the model that the lab opens with", async () => {
  const lab = await session();
  const before = await lab.read("W_E");
  await lab.weights(file(), given);
  await lab.reset();
  expect((await lab.frame()).config).toMatchObject({ model: "", d_model: 48 });
  expect(await lab.read("W_E")).toEqual(before);
});

test("a file that cannot be taken leaves the lab as it was", async () => {
  const lab = await session();
  const before = await lab.read("W_E");
  await expect(lab.weights(file(), { heads: 3 })).rejects.toThrow(
    "heads that divides the 8 numbers of the stream, got 3",
  );
  await expect(lab.weights(file())).rejects.toThrow("which the weights do not tell");
  await expect(lab.weights(new Blob([bytes.subarray(0, -4)]), given)).rejects.toThrow(
    "the file is cut short",
  );
  expect(await lab.read("W_E")).toEqual(before);
  expect((await lab.frame()).reading).toBeUndefined();
});

test("reading that is stopped leaves the lab as it was", async () => {
  const lab = await session();
  const reading = lab.weights(file(), given);
  await lab.weights(null);
  await reading;
  expect((await lab.frame()).config).toMatchObject({ model: "" });
});

test("a file dropped on the lab is taken as its weights", async () => {
  const lab = await session();
  await lab.load(bytes).catch((error: Error) => {
    expect(error.message).toContain("which the weights do not tell");
  });
  expect((await lab.frame()).config).toMatchObject({ model: "" });
});

test("no tensor is left behind, and what did not change is not uploaded again", async () => {
  const lab = await session();
  const count = () => tf.memory().numTensors;
  await lab.weights(file(), given);
  const loaded = count();
  await lab.write("blocks.0.attn.gate", [[[0]], [[1]]]);
  await lab.undo();
  await lab.redo();
  await lab.undo();
  expect(count()).toBe(loaded);
  await lab.close();
  open.length = 0;
  const before = count();
  const again = await session();
  await again.weights(file(), given);
  await again.close();
  open.length = 0;
  expect(count()).toBe(before);
});
