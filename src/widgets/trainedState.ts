import { checkpointOwner, type Lab } from "../training/lab.ts";

/**
 * The state to which a lab was trained beforehand, from where the book lies: all of its pages stand beside
 * the folder `checkpoints`.
 *
 * @throws Error in words for the reader when it cannot be fetched
 */
export async function trainedState(lab: Lab): Promise<Uint8Array> {
  const response = await fetch(`checkpoints/${checkpointOwner(lab)}.safetensors`).catch(() => null);
  if (!response?.ok) {
    throw new Error(
      "The model trained beforehand could not be fetched, so the lab stays as it is. Check the connection, and try again.",
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}
