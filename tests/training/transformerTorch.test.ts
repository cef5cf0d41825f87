import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { NDArray } from "../../src/data/ndarray.ts";
import { upload } from "../../src/engine/passes.ts";
import type { ParameterSpec, TorchTensor } from "../../src/models/program.ts";
import * as tf from "../../src/models/tf.ts";
import { encoderDecoderOf } from "../../src/models/transformer/encoderDecoder.ts";
import { type GptSettings, gptOf } from "../../src/models/transformer/gpt.ts";
import { gpt2Settings, gpt2Torch } from "../../src/models/transformer/gpt2.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { readSafetensors } from "../../src/training/safetensors.ts";
import { readStateDict, writeStateDict } from "../../src/training/torchNames.ts";
import golden from "../golden/gpt.json";
import "../models/allclose.ts";
import { numbersOf, tensors } from "../models/evaluate.ts";

/** As tests/golden/transformer.py has them. */
const settings = {
  V: 7,
  T: 5,
  d_model: 6,
  heads: 3,
  d_ff: 8,
  layers: 2,
  activation: "gelu",
} as const satisfies GptSettings;

const file = new Uint8Array(readFileSync(new URL("../golden/gpt.safetensors", import.meta.url)));

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("weights that PyTorch saved of a GPT give PyTorch's answers", async () => {
  const gpt = gptOf(settings);
  const parameters = readStateDict(gpt.torch, gpt.parameters, file);
  const { inputs, output } = golden.cases[0]!;
  const logits = await numbersOf(() => gpt.logits(upload(parameters), tensors(inputs).x!));
  expect(logits).toBeAllclose(output);
});

test("what is written for PyTorch is the file that PyTorch wrote", () => {
  const gpt = gptOf(settings);
  const parameters = readStateDict(gpt.torch, gpt.parameters, file);
  const [theirs, ours] = [file, writeStateDict(gpt.torch, parameters)].map(
    (bytes) => readSafetensors(bytes).tensors,
  );
  expect(new Map([...ours!].sort())).toEqual(new Map([...theirs!].sort()));
});

const sizes = { d_model: 6, heads: 2, layers: 2, d_ff: 8 } as const;
const translator = encoderDecoderOf({ ...sizes, source: { V: 7, T: 4 }, target: { V: 6, T: 5 } });
const gpt2 = gpt2Settings({ V: 9, T: 5, d_model: 6, heads: 2, layers: 2 });

describe.each([
  ["a GPT", gptOf(settings).parameters, gptOf(settings).torch],
  [
    "an attention-only model",
    ...only(gptOf({ ...sizes, V: 7, T: 5, d_ff: 0, norm: "none", biases: false })),
  ],
  ["a model with one embedding", ...only(gptOf({ ...sizes, V: 7, T: 5, tied: true }))],
  ["an encoder–decoder", ...only(translator)],
  ["a GPT-2", gptOf(gpt2).parameters, gpt2Torch(gpt2)],
] as const)("%s", (_name, specs, torch) => {
  test("has each parameter once in PyTorch's tensors, and reads what it wrote to the bit", () => {
    const parameters = initialParameters(specs, 1);
    const blocks = torch.flatMap(({ rows }) => rows);
    const names = blocks.map((block) =>
      typeof block === "object" && "of" in block ? block.of : block,
    );
    expect(names.toSorted()).toEqual(Object.keys(specs).toSorted());
    expect(readStateDict(torch, specs, writeStateDict(torch, parameters))).toEqual(parameters);
  });
});

function only(model: {
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly torch: readonly TorchTensor[];
}) {
  return [model.parameters, model.torch] as const;
}

test("in GPT-2's files query, key and value of all heads lie beside each other", () => {
  const specs = gptOf(gpt2).parameters;
  const parameters = initialParameters(specs, 1);
  const { tensors: written } = readSafetensors(writeStateDict(gpt2Torch(gpt2), parameters));
  const packed = written.get("h.1.attn.c_attn.weight") as NDArray;
  expect(packed.shape).toEqual([6, 18]);
  const W_K = parameters["blocks.1.attn.W_K"] as NDArray; // [2, 6, 3]
  for (const [head, row, column] of [
    [0, 0, 0],
    [1, 0, 0],
    [1, 5, 2],
    [0, 3, 1],
  ] as const) {
    const ours = W_K.data[(head * 6 + row) * 3 + column];
    expect(packed.data[row * 18 + 6 + head * 3 + column]).toBe(ours);
  }
  expect(written.get("h.0.mlp.c_fc.weight")?.shape).toEqual([6, 24]);
});

test("a file of other sizes is refused, with what was expected", () => {
  const gpt = gptOf({ ...settings, heads: 2, d_ff: 9 });
  expect(() => readStateDict(gpt.torch, gpt.parameters, file)).toThrow(
    /blocks\.0\.linear1\.weight of shape \[9, 6\], got \[8, 6\]/,
  );
});
