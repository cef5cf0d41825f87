import { type Arrays, filled, type NDArray, shapeText, sizeOf } from "../data/ndarray.ts";
import type { ParameterSpec, TorchTensor } from "../models/program.ts";
import {
  SafetensorsError,
  type SafetensorsHeader,
  shown,
  type TensorPlace,
} from "./safetensorsHeader.ts";
import { headerOf, type Reading, tensorIn } from "./safetensorsPieces.ts";
import { putBlocks, torchShape } from "./torchNames.ts";

/** The sizes that the shapes of a GPT-2's tensors tell. How many heads it has, they do not. */
export interface Gpt2Sizes {
  readonly V: number;
  readonly T: number;
  readonly d_model: number;
  readonly layers: number;
}

/** A file of weights in GPT-2's layout, its header read and its sizes known. */
export interface Gpt2File {
  readonly file: Blob;
  readonly header: SafetensorsHeader;
  readonly sizes: Gpt2Sizes;
  /** The tensors by GPT-2's names, whatever prefix they have in the file. */
  readonly places: ReadonlyMap<string, TensorPlace>;
}

/** The most numbers that are taken in: GPT-2's smallest model has 124,439,808. */
const mostParameters = 2 ** 27;

const prefix = "transformer.";
/** Causal masks, which are in some files though they are no weights. */
const isMask = (name: string) => /^h\.\d+\.attn\.(masked_)?bias$/.test(name);
/** The unembedding, which is the embedding, under a name of its own. */
const copyOfEmbedding = "lm_head.weight";

/**
 * Opens a file of weights in the layout of GPT-2: `wte.weight`, `h.0.attn.c_attn.weight`, …, with or without
 * the prefix `transformer.`.
 *
 * @throws SafetensorsError saying what is no such file, or why it cannot be read
 */
export async function openGpt2(file: Blob): Promise<Gpt2File> {
  const header = await headerOf(file);
  const named = header.places.map((place): [string, TensorPlace] => {
    return [place.name.startsWith(prefix) ? place.name.slice(prefix.length) : place.name, place];
  });
  const places = new Map(named.filter(([name]) => !isMask(name)));
  const sizes = sizesOf(places);
  const { V, T, d_model: d, layers } = sizes;
  const count = V * d + T * d + layers * (12 * d * d + 13 * d) + 2 * d;
  if (count > mostParameters) {
    throw new SafetensorsError(
      `This model has ${count.toLocaleString("en")} parameters; the lab takes up to ${mostParameters.toLocaleString("en")}. Choose a smaller one, such as the GPT-2 of 124 million.`,
    );
  }
  return { file, header, sizes, places };
}

function sizesOf(places: ReadonlyMap<string, TensorPlace>): Gpt2Sizes {
  const [V, d_model] = matrix(places, "wte.weight");
  const [T] = matrix(places, "wpe.weight");
  const blocks = [...places.keys()].map((name) => Number(/^h\.(\d+)\./.exec(name)?.[1] ?? -1));
  const layers = 1 + Math.max(...blocks);
  if (layers === 0) throw missing("h.0.ln_1.weight", places);
  return { V, T, d_model, layers };
}

function matrix(places: ReadonlyMap<string, TensorPlace>, name: string): [number, number] {
  const shape = places.get(name)?.shape;
  if (!shape) throw missing(name, places);
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || rows === 0 || columns === 0) {
    throw new SafetensorsError(`Expected ${name} to be a matrix, got shape ${shapeText(shape)}.`);
  }
  return [rows, columns];
}

function missing(name: string, places: ReadonlyMap<string, TensorPlace>): SafetensorsError {
  const there = [...places.keys()];
  const some = there.slice(0, 3).map(shown).join(", ");
  const rest = there.length > 3 ? `, … (${there.length} tensors)` : "";
  return new SafetensorsError(
    `Expected the tensors of a GPT-2; ${name} is missing. The file holds ${some || "none"}${rest}.`,
  );
}

/**
 * Reads the weights, tensor by tensor, each piece by piece: beside the parameters no more is in memory than
 * the queries, keys and values of one block.
 *
 * @param layout the tensors that the model has, of which each may be there only with the model's shape
 * @throws SafetensorsError naming the tensor that is missing, strange, misshapen or not finite
 */
export async function readGpt2(
  opened: Gpt2File,
  layout: readonly TorchTensor[],
  specs: Readonly<Record<string, ParameterSpec>>,
  reading: Reading = {},
): Promise<Arrays> {
  checkTensors(opened, layout, specs);
  const parameters: Record<string, NDArray> = {};
  for (const tensor of layout) {
    const place = opened.places.get(tensor.name) as TensorPlace;
    const data = await tensorIn(opened.file, opened.header, place, reading);
    const [first, ...others] = tensor.rows;
    if (typeof first === "string" && others.length === 0) {
      parameters[first] = { shape: (specs[first] as ParameterSpec).shape, data };
      continue;
    }
    for (const block of tensor.rows) {
      const name = typeof block === "string" ? block : "of" in block ? block.of : block.addedTo;
      parameters[name] ??= filled((specs[name] as ParameterSpec).shape);
    }
    putBlocks(parameters, tensor, { shape: place.shape, data });
  }
  await checkTied(opened, parameters.W_E as NDArray, reading);
  return parameters;
}

/** The bytes that `readGpt2` will tell of. */
export function bytesToRead({ places }: Gpt2File): number {
  return [...places.values()].reduce((sum, { begin, end }) => sum + end - begin, 0);
}

function checkTensors(
  { places }: Gpt2File,
  layout: readonly TorchTensor[],
  specs: Readonly<Record<string, ParameterSpec>>,
): void {
  for (const tensor of layout) {
    const place = places.get(tensor.name);
    if (!place) throw missing(tensor.name, places);
    const expected = torchShape(tensor, specs);
    if (shapeText(place.shape) === shapeText(expected)) continue;
    const isTurned = shapeText(place.shape) === shapeText([...expected].reverse());
    throw new SafetensorsError(
      `Expected ${tensor.name} of shape ${shapeText(expected)}, got ${shapeText(place.shape)}.${isTurned ? " It is transposed: GPT-2's files hold matrices that stand on the right." : ""}`,
    );
  }
  const known = new Set([...layout.map(({ name }) => name), copyOfEmbedding]);
  const stranger = [...places.keys()].find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new SafetensorsError(
      `Expected the tensors of a GPT-2 and no other, got ${shown(stranger)} too. What it does cannot be left out.`,
    );
  }
}

/** @throws SafetensorsError where the file's unembedding is another matrix than its embedding */
async function checkTied(opened: Gpt2File, W_E: NDArray, reading: Reading): Promise<void> {
  const place = opened.places.get(copyOfEmbedding);
  if (!place) return;
  const data =
    sizeOf(place.shape) === W_E.data.length
      ? await tensorIn(opened.file, opened.header, place, reading)
      : new Float32Array(0);
  if (data.length === W_E.data.length && data.every((value, i) => value === W_E.data[i])) return;
  throw new SafetensorsError(
    `Expected ${copyOfEmbedding} to be the embedding wte.weight again, as in GPT-2, but it is another matrix.`,
  );
}

/** What `config.json` may say of a GPT-2 besides, where it says it. */
const alwaysSo: Readonly<Record<string, readonly unknown[]>> = {
  model_type: ["gpt2"],
  activation_function: ["gelu_new", "gelu_pytorch_tanh"],
  layer_norm_epsilon: [1e-5],
  scale_attn_weights: [true],
  scale_attn_by_inverse_layer_idx: [false],
};

/**
 * How many heads `config.json` says that a GPT-2 has: nothing in the weights does.
 *
 * @throws SafetensorsError when it is no such file
 */
export function headsIn(configJson: string): number {
  let config: unknown;
  try {
    config = JSON.parse(configJson);
  } catch {
    throw new SafetensorsError("Expected config.json to be JSON, but it cannot be read as such.");
  }
  const { n_head: heads, ...others } = (config ?? {}) as Record<string, unknown>;
  for (const [name, expected] of Object.entries(alwaysSo)) {
    const value = others[name] ?? expected[0];
    if (expected.includes(value)) continue;
    throw new SafetensorsError(
      `Expected config.json to say ${name} ${expected.map(shown).join(" or ")}, as GPT-2's does, got ${shown(value)}: the lab has no such model.`,
    );
  }
  if (typeof heads === "number" && Number.isInteger(heads) && heads > 0) return heads;
  throw new SafetensorsError(
    `Expected config.json to say n_head, the number of heads, as GPT-2's does; it says ${shown(heads)}.`,
  );
}

/** The numbers in a head of each GPT-2 that OpenAI published. */
const usualHead = 64;

/**
 * The heads that a model of this width has when nobody says so: those of 64 numbers, as in every GPT-2 that was
 * published; null where that does not fit.
 */
export function usualHeads({ d_model }: Pick<Gpt2Sizes, "d_model">): number | null {
  return d_model % usualHead === 0 ? d_model / usualHead : null;
}

/** The `config.json` that goes with weights of these sizes. */
export function gpt2Config({
  V,
  T,
  d_model,
  layers,
  heads,
}: Gpt2Sizes & { heads: number }): string {
  return `${JSON.stringify(
    {
      model_type: "gpt2",
      architectures: ["GPT2LMHeadModel"],
      activation_function: "gelu_new",
      vocab_size: V,
      n_positions: T,
      n_ctx: T,
      n_embd: d_model,
      n_layer: layers,
      n_head: heads,
      layer_norm_epsilon: 1e-5,
      tie_word_embeddings: true,
    },
    null,
    2,
  )}\n`;
}
