import { gptSizes } from "../../../chapters/08-transformer/gptLab.ts";
import { storyVocabulary } from "../../../src/data/tokenCorpus.ts";
import { type BackendName, backendNames } from "../../../src/engine/methods.ts";
import { bookGptLength as T } from "../../../src/models/transformer/sizes.ts";
import { type Bench, type Contender, peerContender, speedsInTurns } from "../contender.ts";
import type { GptSettings } from "../peers/gpt.ts";
import { tables } from "../report.ts";
import { Torch } from "../torch.ts";

/*
 * The book's own GPT: training steps a second, and tokens a second that it writes with its keys and values kept,
 * under the book's engine in a worker, beside the same model in plain eager TensorFlow.js in another, and PyTorch
 * on the same machine, where Python has it.
 */

const { d_model, heads, layers } = gptSizes;
/** In the order in which gpt.py reads them. */
const sizes = { V: storyVocabulary, T, d_model, heads, layers };
/** As its lab trains. */
const batch = 8;

const kinds = [
  {
    kind: "train",
    name: `Training, batches of ${batch} texts of ${T} tokens, Adam: steps a second`,
  },
  { kind: "write", name: `Writing, from 16 tokens to ${T}: tokens a second` },
] as const;

/** In software a step takes a graphics backend seconds: only where they are asked for. */
const chosen: readonly BackendName[] =
  process.env.GPU === undefined ? ["cpu", "wasm"] : backendNames;

export async function measure(bench: Bench): Promise<string> {
  const found = await Torch.start("gpt.py");
  const contenders: Contender[] = [];
  for (const { kind, name: group } of kinds) {
    for (const backend of chosen) {
      for (const peer of ["Unrolled", "plain tfjs"] as const) {
        const settings: GptSettings = { peer, kind, backend, batch };
        const about = { name: peer, backend, group };
        contenders.push(await peerContender(bench, "gpt", about, settings));
      }
    }
    if (found) {
      const run = (steps: number) => found.torch.train(kind, ...Object.values(sizes), batch, steps);
      contenders.push({ name: "PyTorch", backend: "", group, ready: async () => {}, run });
    }
  }
  const measured = await speedsInTurns(contenders, bench.rounds);
  found?.torch.stop();
  const about = found ? `PyTorch: ${found.about}.` : "No Python here has PyTorch: no comparison.";
  return `
The book's own GPT: ${sizes.layers} blocks of ${sizes.heads} heads on ${sizes.d_model} numbers, ${sizes.V} tokens.

${tables(measured, { unit: "a second", against: ["plain tfjs", "PyTorch"] })}

${about}${process.env.GPU === undefined ? " GPU=1 measures WebGL and WebGPU too." : ""}
`;
}
