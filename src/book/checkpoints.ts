import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Runtime } from "../engine/backends.ts";
import { findLab } from "../engine/catalogue.ts";
import { checkpointFile } from "../engine/checkpointFile.ts";
import { stepsOf, trainedCheckpoint } from "../engine/checkpointTraining.ts";
import type { Lab } from "../training/lab.ts";

const labModules = import.meta.glob<{ readonly labs: readonly Lab[] }>("../../chapters/*/labs.ts", {
  eager: true,
});

/** The ids of all labs that declare a checkpoint of their own, and the folder of the chapter of each. */
export const labsWithCheckpoints: ReadonlyMap<string, string> = new Map(
  Object.entries(labModules).flatMap(([path, { labs }]) =>
    labs
      .filter((lab) => stepsOf(lab) > 0)
      .map(({ id }) => [id, path.split("/").at(-2) ?? ""] as const),
  ),
);

/** As the book says large files should be. */
const largeBytes = 300 * 1024;

/**
 * Trains these labs and writes their checkpoints; without names, all labs that declare one. On
 * WebAssembly, or on the CPU backend where this Node has none.
 *
 * @throws RangeError when a lab declares none
 */
export async function trainCheckpoints(
  ids: readonly string[],
  say: (text: string) => void,
): Promise<void> {
  const stranger = ids.find((id) => !labsWithCheckpoints.has(id));
  if (stranger !== undefined) {
    const known = [...labsWithCheckpoints.keys()].join(", ") || "none";
    throw new RangeError(
      `The lab "${stranger}" declares no checkpoint of its own. Those that do: ${known}.`,
    );
  }
  const runtime = await Runtime.start("wasm").catch(() => Runtime.start("cpu"));
  for (const id of ids.length > 0 ? ids : labsWithCheckpoints.keys()) {
    const { lab, programOf } = await findLab(labsWithCheckpoints.get(id) ?? "", id);
    const began = performance.now();
    const tell = (step: number) => say(`${id}: ${step} of ${stepsOf(lab)} steps`);
    const { bytes, loss, metrics } = await trainedCheckpoint(lab, programOf, runtime, tell);
    const file = checkpointFile(lab);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    const figures = Object.entries({ loss, ...metrics })
      .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
      .join(", ");
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const size = `${(bytes.length / 1024).toFixed(0)} KB`;
    say(`${id}: ${figures}; ${seconds} s, ${size}${bytes.length > largeBytes ? ", large" : ""}`);
  }
}
