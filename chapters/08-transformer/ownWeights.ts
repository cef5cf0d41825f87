import { bytesToRead, openGpt2, readGpt2, usualHeads } from "../../src/training/gpt2Weights.ts";
import type { WeightsReader } from "../../src/training/lab.ts";
import { SafetensorsError } from "../../src/training/safetensorsHeader.ts";

/** Tokens and blocks of a model that stands for a large one when backends are compared. */
const sample = { V: 512, layers: 1 };

/**
 * How `tf-own` takes a GPT-2. `settings.heads` are its heads, where somebody knows; `settings.model` is the file's
 * name.
 */
export const readOwnWeights: WeightsReader = async (file, settings) => {
  const opened = await openGpt2(file);
  const { sizes } = opened;
  const heads = Number(settings.heads ?? usualHeads(sizes) ?? 0);
  if (!Number.isInteger(heads) || heads < 1 || sizes.d_model % heads !== 0) {
    throw new SafetensorsError(
      `Expected a number of heads that divides the ${sizes.d_model} numbers of the stream${heads > 0 ? `, got ${heads}` : ", which the weights do not tell"}. Give the model’s config.json too: it says n_head.`,
    );
  }
  const config = { ...sizes, heads, model: String(settings.model ?? "your file") };
  return {
    config: { ...config, tokens: "", place: 0 },
    sample: { ...config, ...sample, tokens: "" },
    bytes: bytesToRead(opened),
    read: ({ program, tell, signal }) =>
      readGpt2(opened, program.torch ?? [], program.parameters, { tell, signal }),
  };
};
