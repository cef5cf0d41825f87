import { Runtime } from "../../src/engine/backends.ts";
import { findLab } from "../../src/engine/catalogue.ts";
import { checkpointOnDisk } from "../../src/engine/checkpointFile.ts";
import { LabSession } from "../../src/engine/session.ts";
import type { Lab } from "../../src/training/lab.ts";

let started: Promise<Runtime> | undefined;

/**
 * A lab of a chapter, running here as it would in the reader's worker. A test that trains long does so on
 * WebAssembly, several times as fast. All labs of one file are on one backend: the first that is asked for.
 */
export async function runningLab(
  folder: string,
  { id }: Lab,
  backend: "cpu" | "wasm" = "cpu",
): Promise<LabSession> {
  const { lab, programOf } = await findLab(folder, id);
  const checkpoint = lab.checkpoint && (await checkpointOnDisk(lab, programOf));
  started ??= Runtime.start(backend);
  const session = await LabSession.open(lab, programOf, await started, undefined, checkpoint);
  session.onWork = () => void work(session);
  return session;
}

/** Stands in for the engine's host: gives the session time until it has nothing to do. */
async function work(session: LabSession): Promise<void> {
  while (session.waits() === 0) await session.slice(5);
}
