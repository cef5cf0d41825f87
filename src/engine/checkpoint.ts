import type { Program } from "../models/program.ts";
import { decodeCapsule } from "../training/capsule.ts";
import { type Config, checkpointOwner, type Lab, type Notice } from "../training/lab.ts";
import { fittingMoment } from "./fittingCapsule.ts";
import type { Moment } from "./labState.ts";

/** A checkpoint is missing, or does not belong to the lab as it is in the source. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** Where the checkpoint of a lab lies, below the folder of the book. */
export function checkpointPath(lab: Pick<Lab, "id" | "checkpoint">): string {
  return `checkpoints/${checkpointOwner(lab)}.safetensors`;
}

/** What a reader is told whose lab should have been trained beforehand, and is not. */
export const untrained: Notice = {
  tone: "warning",
  text: "The model trained beforehand could not be fetched, so this one knows nothing yet: train it.",
};

/** The checkpoint of a lab, from where the book itself came; null where it cannot be had. */
export async function fetchedCheckpoint(lab: Lab): Promise<Uint8Array | null> {
  // The build puts every script into one folder below the book's; in development the book is the root.
  const [here, up] = [import.meta.url, import.meta.env.DEV ? "/" : "../"];
  try {
    const response = await fetch(new URL(up + checkpointPath(lab), here));
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** The state in a checkpoint, or, as an error, why it does not belong to this lab. */
export function trainedMoment(
  lab: Lab,
  programOf: (config: Config) => Program,
  bytes: Uint8Array,
): Moment | CheckpointError {
  try {
    return fittingMoment(lab, programOf, decodeCapsule(bytes));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new CheckpointError(
      `The checkpoint of the lab "${lab.id}" does not belong to it as it now is: ${why} Train it anew: npm run train -- ${checkpointOwner(lab)}`,
      { cause },
    );
  }
}
