import { afterAll, beforeAll, expect, test } from "vitest";
import { Runtime } from "../../src/engine/backends.ts";
import { LabSession } from "../../src/engine/session.ts";
import type { Program } from "../../src/models/program.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";
import { measuredLab, measuredProgram } from "./measuredLab.ts";

const withNames = (): Program => ({
  ...measuredProgram(),
  torch: [
    { name: "weight", rows: ["w"] },
    { name: "bias", rows: ["b"] },
  ],
});

let lab: LabSession;
let nameless: LabSession;

beforeAll(async () => {
  const runtime = await Runtime.start("cpu");
  lab = await LabSession.open(measuredLab, withNames, runtime);
  nameless = await LabSession.open(measuredLab, measuredProgram, runtime);
  for (const opened of [lab, nameless]) {
    opened.onWork = async () => {
      while (opened.waits() === 0) await opened.slice(5);
    };
  }
});

afterAll(async () => {
  await lab.close();
  await nameless.close();
});

const file = writeSafetensors(
  new Map([
    ["weight", { shape: [2], data: Float32Array.of(3, -1) }],
    ["bias", { shape: [], data: Float32Array.of(0.5) }],
  ]),
  { format: "pt" },
);

test("weights from PyTorch are taken up as a new start, which undo takes back", async () => {
  await lab.configure({ learningRate: 0.25 });
  await lab.train(3);
  const before = [...(await lab.read("w")).data];
  await lab.load(file);
  expect([...(await lab.read("w")).data]).toEqual([3, -1]);
  const { step, written, config } = await lab.frame();
  expect({ step, written }).toEqual({ step: 0, written: ["w", "b"] });
  expect(config.learningRate).toBe(0.25);
  await lab.undo();
  expect([...(await lab.read("w")).data]).toEqual(before);
});

test("what is saved for PyTorch holds the weights alone, under PyTorch's names", async () => {
  await lab.load(file);
  const { tensors } = readSafetensors(await lab.save({ layout: "torch" }));
  expect([...tensors.keys()]).toEqual(["weight", "bias"]);
  expect([...tensors.get("weight")!.data]).toEqual([3, -1]);
  await lab.load(await lab.save());
  expect([...(await lab.read("b")).data]).toEqual([0.5]);
});

test("a frame says whether the weights have PyTorch's names; without them a file is refused either way", async () => {
  expect((await lab.frame()).hasTorchNames).toBe(true);
  expect((await nameless.frame()).hasTorchNames).toBe(false);
  await expect(nameless.save({ layout: "torch" })).rejects.toThrow(
    /does not say how PyTorch names/,
  );
  await expect(nameless.load(file)).rejects.toThrow(/Expected a lab saved by this book/);
  const strange = { layout: "onnx" as unknown as "torch" };
  await expect(lab.save(strange)).rejects.toThrow(/"capsule" or "torch", got "onnx"/);
});
