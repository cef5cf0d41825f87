import { Runtime } from "../../../src/engine/backends.ts";
import type { BackendName } from "../../../src/engine/methods.ts";
import type { CellName } from "../../../src/models/cells.ts";
import { RecurrentTraining, type Size } from "../../models/recurrentStep.ts";
import type { Peer } from "../peer.ts";

/** The book's own cells under the book's own engine, in sizes that no lab needs to offer. */
export interface RecurrentSettings {
  readonly kind: CellName;
  readonly backend: BackendName;
  readonly size: Size;
}

export async function peer({ kind, backend, size }: RecurrentSettings): Promise<Peer> {
  const runtime = await Runtime.start(backend);
  const training = new RecurrentTraining(kind, size);
  // The first step is taken the plain way, the second is recorded.
  for (let step = 0; step < 3; step++) training.step();
  return {
    async train(steps) {
      for (let step = 0; step < steps; step++) training.step();
      await runtime.numbers(training.parameter("head.b"));
    },
  };
}
