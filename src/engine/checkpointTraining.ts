import type { Program } from "../models/program.ts";
import { decodeCapsule, encodeCapsule } from "../training/capsule.ts";
import type { Config, Lab } from "../training/lab.ts";
import type { Runtime } from "./backends.ts";
import { LabSession } from "./session.ts";

export interface Trained {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The least time between two words about how far it has come, in milliseconds. */
const wordEvery = 5000;

/**
 * Trains a lab as it is declared, from nothing, for the steps of its checkpoint: the same session, the same
 * seed and the same data as in the reader's browser. What comes out stands at step 0 and holds no optimiser
 * slots, which would be twice the size of all the rest: an optimiser starts anew with the reader.
 */
export async function trainedCheckpoint(
  lab: Lab,
  programOf: (config: Config) => Program,
  runtime: Runtime,
  tell: (step: number) => void = () => {},
): Promise<Trained> {
  const session = await LabSession.open(lab, programOf, runtime);
  session.onWork = () => void work(session, tell);
  try {
    const { loss, metrics } = await session.train(stepsOf(lab));
    const capsule = decodeCapsule(await session.save());
    return { bytes: encodeCapsule({ ...capsule, step: 0, slots: {} }), loss, metrics };
  } finally {
    await session.close();
  }
}

/** The steps for which its checkpoint is trained; 0 for a lab that trains none. */
export function stepsOf({ checkpoint }: Lab): number {
  return checkpoint && "steps" in checkpoint ? checkpoint.steps : 0;
}

/** Stands in for the engine's host: gives the session time until it has nothing to do. */
async function work(session: LabSession, tell: (step: number) => void): Promise<void> {
  let told = performance.now();
  while (session.waits() === 0) {
    await session.slice(50);
    if (performance.now() - told > wordEvery) {
      told = performance.now();
      tell(session.step);
    }
    await turn();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
