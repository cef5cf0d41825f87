import { writeGpt2Files } from "../../src/data/bytePairFiles.ts";
import { gpt2Torch } from "../../src/models/transformer/gpt2.ts";
import { decodeCapsule } from "../../src/training/capsule.ts";
import { gpt2Config } from "../../src/training/gpt2Weights.ts";
import { writeStateDict } from "../../src/training/torchNames.ts";
import { tokensIn, wholeLength } from "./gptData.ts";
import { gptSizes } from "./gptLab.ts";

/**
 * The GPT of `tf-gpt` as the four files of a GPT-2.
 *
 * @param saved the lab, as it saves itself
 * @throws CapsuleError when that is no saved lab
 */
export function gpt2Files(saved: Uint8Array): File[] {
  const { parameters, config } = decodeCapsule(saved);
  const { pairs } = tokensIn(config);
  const { layers, heads, d_model } = gptSizes;
  const sizes = { V: pairs.tokens.length, T: wholeLength, d_model, layers, heads };
  const { vocabulary, merges } = writeGpt2Files(pairs);
  return [
    new File([writeStateDict(gpt2Torch(sizes), parameters)], "model.safetensors"),
    new File([vocabulary], "vocab.json"),
    new File([merges], "merges.txt"),
    new File([gpt2Config(sizes)], "config.json"),
  ];
}
