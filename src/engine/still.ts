import type { Frame } from "../training/lab.ts";
import { Runtime } from "./backends.ts";
import { findLab } from "./catalogue.ts";
import { checkpointOnDisk } from "./checkpointFile.ts";
import { LabSession } from "./session.ts";

let runtime: Promise<Runtime> | undefined;

/**
 * The frame in which a lab opens, for the picture that a page holds before any script has run. It comes
 * from the lab itself, run here on the CPU.
 *
 * @throws CheckpointError in the build, when the lab's checkpoint is missing or does not belong to it
 */
export async function stillFrame(chapter: string, labId: string): Promise<Frame> {
  runtime ??= Runtime.start("cpu");
  const { lab, programOf } = await findLab(chapter, labId);
  const checkpoint = lab.checkpoint && (await checkpointOnDisk(lab, programOf));
  const session = await LabSession.open(lab, programOf, await runtime, undefined, checkpoint);
  try {
    return await session.frame();
  } finally {
    await session.close();
  }
}
