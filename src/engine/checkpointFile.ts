import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Program } from "../models/program.ts";
import { type Config, checkpointOwner, type Lab } from "../training/lab.ts";
import { CheckpointError, checkpointPath, trainedMoment } from "./checkpoint.ts";

/** The file of a lab's checkpoint in this project, from whose root Node was started. */
export function checkpointFile(lab: Pick<Lab, "id" | "checkpoint">): string {
  return join(process.cwd(), "public", checkpointPath(lab));
}

/**
 * The checkpoint of a lab, read from this project's own files.
 *
 * @throws CheckpointError naming the lab, when there is none or it does not belong to the lab
 */
export async function checkpointOnDisk(
  lab: Lab,
  programOf: (config: Config) => Program,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(checkpointFile(lab)));
  } catch (cause) {
    throw new CheckpointError(
      `The lab "${lab.id}" declares a checkpoint, but public/${checkpointPath(lab)} is not there. Train it: npm run train -- ${checkpointOwner(lab)}`,
      { cause },
    );
  }
  const moment = trainedMoment(lab, programOf, bytes);
  if (moment instanceof CheckpointError) throw moment;
  return bytes;
}
