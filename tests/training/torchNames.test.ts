import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Arrays, NDArray, Nested } from "../../src/data/ndarray.ts";
import { upload } from "../../src/engine/passes.ts";
import {
  type CellName,
  cellNames,
  cellOf,
  cellParameters,
  cellTorch,
} from "../../src/models/cells.ts";
import { embeddingParameters, embeddingTorch } from "../../src/models/embedding.ts";
import { linearParameters, linearTorch } from "../../src/models/linear.ts";
import { stackSteps, unroll } from "../../src/models/sequence.ts";
import * as tf from "../../src/models/tf.ts";
import { encodeCapsule, isCapsule } from "../../src/training/capsule.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";
import { readStateDict, writeStateDict } from "../../src/training/torchNames.ts";
import checkpoints from "../golden/checkpoints.json";
import "../models/allclose.ts";
import { numbersOf, tensors } from "../models/evaluate.ts";

const [I, H] = [3, 4];

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** What nn.RNN(3, 4), nn.LSTM(3, 4) or nn.GRU(3, 4) saved (tests/golden/recurrent.py). */
const fileOf = (kind: CellName) =>
  new Uint8Array(readFileSync(new URL(`../golden/${kind}.safetensors`, import.meta.url)));

const read = (kind: CellName, bytes: Uint8Array): Arrays =>
  readStateDict(cellTorch(kind, kind), cellParameters(kind, kind, I, H), bytes);

const run = (kind: CellName, parameters: Arrays, x: Nested) =>
  numbersOf(() => {
    const cell = cellOf(kind, upload(parameters), kind);
    return stackSteps(unroll(cell, tensors({ x }).x!).states.map(({ h }) => h));
  });

for (const { kind, inputs, output } of checkpoints.cases) {
  test(`weights that PyTorch's ${kind} saved give PyTorch's answers`, async () => {
    const parameters = read(kind as CellName, fileOf(kind as CellName));
    expect(await run(kind as CellName, parameters, inputs.x)).toBeAllclose(output);
  });
}

test.each(cellNames)("what a %s writes for PyTorch, it reads back to the bit", (kind) => {
  const parameters = initialParameters(cellParameters(kind, kind, I, H), 1);
  const bytes = writeStateDict(cellTorch(kind, kind), parameters);
  expect(read(kind, bytes)).toEqual(parameters);
  const [theirs, ours] = [fileOf(kind), bytes].map((file) => readSafetensors(file).tensors);
  const shapes = (file = theirs) => [...file!].map(([name, { shape }]) => [name, shape]);
  expect(shapes(ours)).toEqual(shapes(theirs));
});

test("of two biases that are only added, PyTorch is given the sum in one, and zeros in the other", () => {
  const parameters = read("lstm", fileOf("lstm"));
  const bytes = writeStateDict(cellTorch("lstm", "lstm"), parameters);
  const theirs = readSafetensors(fileOf("lstm")).tensors;
  const ours = readSafetensors(bytes).tensors;
  const sum = theirs
    .get("lstm.bias_ih_l0")!
    .data.map((bias, i) => bias + theirs.get("lstm.bias_hh_l0")!.data[i]!);
  expect(ours.get("lstm.bias_ih_l0")!.data).toEqual(sum);
  expect(ours.get("lstm.bias_hh_l0")!.data).toEqual(new Float32Array(4 * H));
  expect(ours.get("lstm.weight_ih_l0")!.data).toEqual(theirs.get("lstm.weight_ih_l0")!.data);
});

test("a GRU's candidate keeps the bias that stands beside the hidden state's part", () => {
  const parameters = read("gru", fileOf("gru"));
  const theirs = readSafetensors(fileOf("gru")).tensors.get("gru.bias_hh_l0")!;
  expect(parameters["gru.b_hn"]!.data).toEqual(theirs.data.slice(2 * H));
});

test("a linear layer and an embedding have PyTorch's shapes, and so only other names", () => {
  const zero = { kind: "constant", value: 0 } as const;
  const specs = {
    ...embeddingParameters("embed", 5, 2),
    ...linearParameters("head", 2, 5, { W: { kind: "normal", deviation: 1 }, b: zero }),
  };
  const parameters = initialParameters(specs, 1);
  const layout = [...embeddingTorch("embed"), ...linearTorch("head")];
  const { tensors: written } = readSafetensors(writeStateDict(layout, parameters));
  expect([...written.keys()]).toEqual(["embed.weight", "head.weight", "head.bias"]);
  expect(written.get("embed.weight")).toMatchObject(parameters["embed.E"] as NDArray);
  expect(written.get("head.weight")).toMatchObject(parameters["head.W"] as NDArray);
});

const rnnTensors = (change: Record<string, NDArray | undefined> = {}) => {
  const all = { ...Object.fromEntries(readSafetensors(fileOf("rnn")).tensors), ...change };
  const left = Object.entries(all).filter((entry): entry is [string, NDArray] => !!entry[1]);
  return writeSafetensors(new Map(left), {});
};

test.each([
  [
    { "rnn.bias_hh_l0": undefined },
    /rnn\.bias_hh_l0 is missing. The file holds "rnn.weight_ih_l0"/,
  ],
  [{ other: { shape: [], data: new Float32Array(1) } }, /and no other, got "other" too/],
  [
    { "rnn.weight_hh_l0": { shape: [4, 2], data: new Float32Array(8) } },
    /Expected rnn\.weight_hh_l0 of shape \[4, 4\], got \[4, 2\]/,
  ],
  [
    { "rnn.bias_ih_l0": { shape: [4], data: Float32Array.of(0, 0, Number.NaN, 0) } },
    /finite numbers in rnn\.bias_ih_l0, but entry 2 is NaN/,
  ],
])("a state dict changed by %j is refused", (change, message) => {
  expect(() => read("rnn", rnnTensors(change))).toThrow(message);
});

test("of packed rows the message says whose they are", () => {
  const small = { "lstm.weight_ih_l0": { shape: [8, 3], data: new Float32Array(24) } };
  const others = Object.fromEntries(readSafetensors(fileOf("lstm")).tensors);
  const bytes = writeSafetensors(new Map(Object.entries({ ...others, ...small })), {});
  expect(() => read("lstm", bytes)).toThrow(
    /\[16, 3\] \(the rows of lstm\.W_i, lstm\.W_f, lstm\.W_c, lstm\.W_o\), got \[8, 3\]/,
  );
});

test("a file that is cut short is refused in words", () => {
  expect(() => read("rnn", fileOf("rnn").subarray(0, 50))).toThrow(/cut short/);
});

test("a capsule is told from a state dict, whoever marked that one", () => {
  const capsule = encodeCapsule({
    lab: "a",
    version: 1,
    config: {},
    seed: 1,
    step: 0,
    parameters: {},
    slots: {},
    held: {},
    locked: {},
    written: [],
    input: null,
    data: null,
  });
  expect(isCapsule(capsule)).toBe(true);
  expect(isCapsule(fileOf("rnn"))).toBe(false);
  expect(isCapsule(writeSafetensors(new Map(), { format: "pt" }))).toBe(false);
});
