import { type BackendName, backendNames } from "../../../src/engine/methods.ts";
import type { CellName } from "../../../src/models/cells.ts";
import { type Bench, type Contender, peerContender, speedsInTurns } from "../contender.ts";
import type { RecurrentSettings } from "../peers/recurrent.ts";
import { tables } from "../report.ts";
import { Torch } from "../torch.ts";

/*
 * Training steps a second of RNN, LSTM and GRU at 40 and 200 steps of time, as the book's engine takes
 * them in a worker (the model, its gradient, Adam), beside PyTorch on the same machine, where Python has it.
 */

const size = { I: 8, H: 64, B: 32 };
const lengths = [40, 200] as const;
const kinds = ["rnn", "lstm", "gru"] as const satisfies readonly CellName[];

/** In software a step of 200 takes a graphics backend half a minute: only where they are asked for. */
const chosen: readonly BackendName[] =
  process.env.GPU === undefined ? ["cpu", "wasm"] : backendNames;

const groupOf = (kind: CellName, T: number) => `${kind.toUpperCase()}, T = ${T}`;

export async function measure(bench: Bench): Promise<string> {
  const found = await Torch.start("recurrent.py");
  const contenders: Contender[] = [];
  for (const kind of kinds) {
    for (const T of lengths) {
      const group = groupOf(kind, T);
      for (const backend of chosen) {
        const settings: RecurrentSettings = { kind, backend, size: { ...size, T } };
        const about = { name: "Unrolled", backend, group };
        contenders.push(await peerContender(bench, "recurrent", about, settings));
      }
      if (found) {
        const run = (steps: number) => found.torch.train(kind, T, size.I, size.H, size.B, steps);
        contenders.push({ name: "PyTorch", backend: "", group, ready: async () => {}, run });
      }
    }
  }
  const measured = await speedsInTurns(contenders, bench.rounds);
  found?.torch.stop();
  const about = found ? `PyTorch: ${found.about}.` : "No Python here has PyTorch: no comparison.";
  return `
A recurrent cell, ${size.I} inputs, ${size.H} units, batches of ${size.B}, Adam: training steps a second.

${tables(measured, { unit: "steps/s", against: ["PyTorch"] })}

${about}
`;
}
