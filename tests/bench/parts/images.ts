import { type BackendName, backendNames } from "../../../src/engine/methods.ts";
import { type Bench, type Contender, peerContender, speedsInTurns } from "../contender.ts";
import type { ImageSettings } from "../peers/images.ts";
import { tables } from "../report.ts";
import { Torch } from "../torch.ts";

/*
 * Pictures a second that a small CNN and a variational autoencoder learn from, under the book's engine in
 * a worker, beside plain tf.layers in another, and PyTorch on the same machine, where Python has it.
 */

const kinds = [
  { kind: "cnn", batch: 32, name: "CNN, 8 and 16 maps of 3 × 3, batches of 32" },
  { kind: "vae", batch: 64, name: "VAE 256-128-2, batches of 64" },
] as const;

/** In software a step takes a graphics backend seconds: only where they are asked for. */
const chosen: readonly BackendName[] =
  process.env.GPU === undefined ? ["cpu", "wasm"] : backendNames;

export async function measure(bench: Bench): Promise<string> {
  const found = await Torch.start("images.py");
  const contenders: Contender[] = [];
  for (const { kind, batch, name: group } of kinds) {
    for (const backend of chosen) {
      for (const peer of ["Unrolled", "tf.layers"] as const) {
        const settings: ImageSettings = { peer, kind, backend, batch };
        contenders.push(
          await peerContender(bench, "images", { name: peer, backend, group }, settings),
        );
      }
    }
    if (found) {
      const run = (steps: number) => found.torch.train(kind, batch, steps);
      contenders.push({ name: "PyTorch", backend: "", group, ready: async () => {}, run });
    }
  }
  const steps = await speedsInTurns(contenders, bench.rounds);
  found?.torch.stop();
  const measured = steps.map((one) => {
    const batch = kinds.find(({ name }) => name === one.group)?.batch ?? 1;
    return { ...one, values: one.values.map((speed) => speed * batch) };
  });
  const about = found ? `PyTorch: ${found.about}.` : "No Python here has PyTorch: no comparison.";
  return `
Pictures of 16 × 16 pixels, Adam: pictures a second in training.

${tables(measured, { unit: "pictures/s", against: ["tf.layers", "PyTorch"] })}

${about} TensorFlow.js's own convolution has no gradient on WebAssembly.
`;
}
