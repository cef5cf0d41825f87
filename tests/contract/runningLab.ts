import { Runtime } from "../../src/engine/backends.ts";
import { findLab } from "../../src/engine/catalogue.ts";
import { checkpointOnDisk } from "../../src/engine/checkpointFile.ts";
import { LabSession } from "../../src/engine/session.ts";
import * as tf from "../../src/models/tf.ts";
import type { Lab } from "../../src/training/lab.ts";

/** TensorFlow.js has one current backend: that of the lab opened last. */
const started = new Map<string, Promise<Runtime>>();

async function runtimeOf(backend: "cpu" | "wasm"): Promise<Runtime> {
  const runtime = started.get(backend) ?? Runtime.start(backend);
  started.set(backend, runtime);
  await runtime;
  await tf.setBackend(backend);
  return runtime;
}

/**
 * A lab of a chapter, running here as it would in the reader's worker. A test that trains long does so on
 * WebAssembly, several times as fast. All labs that run at once must be on one backend.
 */
export async function runningLab(
  folder: string,
  { id }: Lab,
  backend: "cpu" | "wasm" = "cpu",
): Promise<LabSession> {
  const { lab, programOf } = await findLab(folder, id);
  const checkpoint = lab.checkpoint && (await checkpointOnDisk(lab, programOf));
  const runtime = await runtimeOf(backend);
  const session = await LabSession.open(lab, programOf, runtime, undefined, checkpoint);
  session.onWork = () => void work(session);
  return session;
}

/** Stands in for the engine's host: gives the session time until it has nothing to do. */
async function work(session: LabSession): Promise<void> {
  while (session.waits() === 0) await session.slice(5);
}
