import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { NDArray } from "../../src/data/ndarray.ts";
import { upload } from "../../src/engine/passes.ts";
import * as tf from "../../src/models/tf.ts";
import { gptOf } from "../../src/models/transformer/gpt.ts";
import { gpt2Settings, gpt2Torch } from "../../src/models/transformer/gpt2.ts";
import {
  bytesToRead,
  gpt2Config,
  headsIn,
  openGpt2,
  readGpt2,
  usualHeads,
} from "../../src/training/gpt2Weights.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";
import { SafetensorsError } from "../../src/training/safetensorsHeader.ts";
import { writeStateDict } from "../../src/training/torchNames.ts";
import golden from "../golden/gpt2.json";
import "../models/allclose.ts";
import { numbersOf, tensors } from "../models/evaluate.ts";

/** As tests/golden/gpt2.py has them. */
const sizes = { V: 260, T: 12, d_model: 8, heads: 2, layers: 2 };
const theirs = new Uint8Array(readFileSync(new URL("../golden/gpt2.safetensors", import.meta.url)));

const model = gptOf(gpt2Settings(sizes));
const layout = gpt2Torch(sizes);
const parameters = initialParameters(model.parameters, 3);
const ours = writeStateDict(layout, parameters);

const read = async (file: Blob, reading = {}) =>
  readGpt2(await openGpt2(file), layout, model.parameters, reading);

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("weights that PyTorch saved of a GPT-2 give PyTorch's answers", async () => {
  const given = upload(await read(new Blob([theirs])));
  const { inputs, output } = golden.cases[0]!;
  const last = await numbersOf(() => {
    const logits = model.logits(given, tensors(inputs).x!); // [2, 9, V]
    return logits.slice([0, 8, 0], [2, 1, sizes.V]).squeeze([1]);
  });
  expect(last).toBeAllclose(output);
});

test("the sizes are those of the tensors; masks are no weights", async () => {
  const opened = await openGpt2(new Blob([theirs]));
  const { heads: _, ...told } = sizes;
  expect(opened.sizes).toEqual(told);
  expect([...opened.places.keys()].filter((name) => /\.attn\.(masked_)?bias/.test(name))).toEqual(
    [],
  );
});

test("what was written for PyTorch is read back to the bit", async () => {
  expect(await read(new Blob([ours]))).toEqual(parameters);
});

test("no more of a file is in memory than a piece, and every byte of it is told", async () => {
  const wide = { ...sizes, V: 8000, d_model: 256, layers: 1 };
  const specs = gptOf(gpt2Settings(wide)).parameters;
  const file = new Blob([writeStateDict(gpt2Torch(wide), initialParameters(specs, 1))]);
  let longest = 0;
  const watched = new Proxy(file, {
    get(of, name) {
      if (name === "slice") {
        return (begin: number, end: number) => {
          longest = Math.max(longest, end - begin);
          return of.slice(begin, end);
        };
      }
      return Reflect.get(of, name);
    },
  });
  const opened = await openGpt2(watched);
  let told = 0;
  await readGpt2(opened, gpt2Torch(wide), specs, {
    tell: (bytes) => {
      told += bytes;
    },
  });
  expect(file.size).toBeGreaterThan(8e6);
  expect(longest).toBe(4 * 2 ** 20);
  expect(told).toBe(bytesToRead(opened));
});

test("reading stops when it is told to", async () => {
  const stop = new AbortController();
  const reading = read(new Blob([ours]), { signal: stop.signal, tell: () => stop.abort() });
  await expect(reading).rejects.toThrow("aborted");
});

describe("half as many bytes a number", () => {
  const halves = {
    // 1.5 and −2 in each: sign, exponent, fraction of IEEE 754 binary16 and of bfloat16.
    F16: [0x3e00, 0xc000],
    BF16: [0x3fc0, 0xc000],
  } as const;
  test.each(Object.entries(halves))("%s", async (dtype, [positive, negative]) => {
    const file = withTensor("ln_f.bias", (shape) => ({
      dtype,
      shape,
      bytes: new Uint8Array(
        Uint16Array.from({ length: 8 }, (_, i) => (i % 2 ? negative : positive)).buffer,
      ),
    }));
    const { "norm_f.beta": beta } = await read(file);
    expect([...beta!.data]).toEqual([1.5, -2, 1.5, -2, 1.5, -2, 1.5, -2]);
  });
});

describe("what is no GPT-2 is refused, by name", () => {
  const named = new Map<string, NDArray>(readSafetensors(ours).tensors);
  const withOut = (name: string) => new Map([...named].filter(([key]) => key !== name));
  const put = (name: string, array: NDArray) => new Map([...named, [name, array]]);
  const c_fc = named.get("h.1.mlp.c_fc.weight")!;
  const W_E = named.get("wte.weight")!;
  test.each([
    ["a tensor is missing", withOut("h.1.mlp.c_fc.weight"), "h.1.mlp.c_fc.weight is missing"],
    [
      "another family",
      new Map([["model.embed_tokens.weight", W_E]]),
      'wte.weight is missing. The file holds "model.embed_tokens.weight".',
    ],
    ["a tensor too many", put("h.0.attn.rotary", W_E), '"h.0.attn.rotary" too'],
    [
      "a matrix the other way round",
      put("h.1.mlp.c_fc.weight", { shape: [32, 8], data: c_fc.data }),
      "h.1.mlp.c_fc.weight of shape [8, 32], got [32, 8]. It is transposed",
    ],
    [
      "an embedding that is no matrix",
      put("wte.weight", { shape: [2080], data: W_E.data }),
      "wte.weight to be a matrix, got shape [2080]",
    ],
    [
      "a number that is none",
      put("ln_f.bias", { shape: [8], data: new Float32Array(8).fill(Number.NaN, 5) }),
      "ln_f.bias, but entry 5 is NaN",
    ],
    [
      "an unembedding of its own",
      put("lm_head.weight", { shape: W_E.shape, data: W_E.data.map((value) => value + 1) }),
      "lm_head.weight to be the embedding wte.weight again",
    ],
  ])("%s", async (_what, tensorsOf, complaint) => {
    const reading = read(new Blob([writeSafetensors(tensorsOf, {})]));
    await expect(reading).rejects.toThrow(SafetensorsError);
    await expect(read(new Blob([writeSafetensors(tensorsOf, {})]))).rejects.toThrow(complaint);
  });

  test("numbers in a format that is not read", async () => {
    const file = withTensor("ln_f.bias", (shape) => ({
      dtype: "I8",
      shape,
      bytes: new Uint8Array(8),
    }));
    await expect(read(file)).rejects.toThrow('for tensor "ln_f.bias", got "I8"');
  });

  test("an unembedding that is the embedding again is none of its own", async () => {
    const file = new Blob([writeSafetensors(put("lm_head.weight", W_E), {})]);
    expect(await read(file)).toEqual(parameters);
  });

  test("a model that is too large, before any of it is read", async () => {
    const header = JSON.stringify({
      "wte.weight": { dtype: "F32", shape: [50257, 1280], data_offsets: [0, 257315840] },
      "wpe.weight": { dtype: "F32", shape: [1024, 1280], data_offsets: [257315840, 262558720] },
      "h.35.ln_1.weight": { dtype: "F32", shape: [0], data_offsets: [262558720, 262558720] },
    });
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
    // GPT-2 "large" has 774,030,080 parameters.
    const file = {
      size: 8 + header.length + 262558720,
      slice: (a: number, b: number) => new Blob([length, header]).slice(a, b),
    };
    await expect(openGpt2(file as Blob)).rejects.toThrow("774,030,080 parameters");
  });
});

describe("heads", () => {
  test("are what config.json says, which is what is written", () => {
    expect(headsIn(gpt2Config(sizes))).toBe(2);
  });

  test("have 64 numbers where nothing is said, as in every GPT-2 published", () => {
    expect([768, 1024, 1280, 1600, 48].map((d_model) => usualHeads({ d_model }))).toEqual([
      12,
      16,
      20,
      25,
      null,
    ]);
  });

  test.each([
    ["not JSON", "n_head: 2", "be JSON"],
    ["no heads", "{}", "n_head, the number of heads, as GPT-2's does; it says nothing"],
    [
      "another family",
      '{"model_type":"llama"}',
      'model_type "gpt2", as GPT-2\'s does, got "llama"',
    ],
    ["another activation", '{"n_head":2,"activation_function":"relu"}', 'got "relu"'],
    ["another ε", '{"n_head":2,"layer_norm_epsilon":1e-6}', "layer_norm_epsilon 0.00001"],
  ])("%s is refused", (_what, text, complaint) => {
    expect(() => headsIn(text)).toThrow(complaint);
  });
});

/** Our file with one tensor in other bytes. */
function withTensor(
  name: string,
  make: (shape: readonly number[]) => {
    dtype: string;
    shape: readonly number[];
    bytes: Uint8Array<ArrayBuffer>;
  },
): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const entries = [...readSafetensors(ours).tensors].map(([key, { shape, data }]) => {
    const { dtype, bytes } =
      key === name ? make(shape) : { dtype: "F32", bytes: new Uint8Array(data.slice().buffer) };
    const begin = offset;
    offset += bytes.length;
    parts.push(bytes);
    return [key, { dtype, shape, data_offsets: [begin, offset] }];
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return new Blob([length, header, ...parts]);
}
