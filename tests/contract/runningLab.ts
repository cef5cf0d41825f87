import { Runtime } from "../../src/engine/backends.ts";
import { findLab } from "../../src/engine/catalogue.ts";
import { checkpointOnDisk } from "../../src/engine/checkpointFile.ts";
import { LabSession } from "../../src/engine/session.ts";
import type { Lab } from "../../src/training/lab.ts";

let started: Promise<Runtime> | undefined;

/** The CPU backend, started once for all labs. */
function runtime(): Promise<Runtime> {
  started ??= Runtime.start("cpu");
  return started;
}

/** A lab of a chapter, running here on the CPU as it would in the reader's worker. */
export async function runningLab(folder: string, { id }: Lab): Promise<LabSession> {
  const { lab, programOf } = await findLab(folder, id);
  const checkpoint = lab.checkpoint && (await checkpointOnDisk(lab, programOf));
  const session = await LabSession.open(lab, programOf, await runtime(), undefined, checkpoint);
  session.onWork = () => void work(session);
  return session;
}

/** Stands in for the engine's host: gives the session time until it has nothing to do. */
async function work(session: LabSession): Promise<void> {
  while (session.waits() === 0) await session.slice(5);
}
