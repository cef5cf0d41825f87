import type { Program } from "../models/program.ts";
import type { Config, Lab } from "../training/lab.ts";

interface LabsModule {
  readonly labs: readonly Lab[];
}
interface ProgramsModule {
  readonly programs: Readonly<Record<string, (config: Config) => Program>>;
}

const labModules = import.meta.glob<LabsModule>("../../chapters/*/labs.ts");
const programModules = import.meta.glob<ProgramsModule>("../../chapters/*/programs.ts");

/**
 * A lab of a chapter (its folder's name) with the model that belongs to it.
 *
 * @throws Error naming what there is, when the chapter or the lab does not exist
 */
export async function findLab(
  chapter: string,
  labId: string,
): Promise<{ lab: Lab; programOf: (config: Config) => Program }> {
  const [loadLabs, loadPrograms] = [
    labModules[`../../chapters/${chapter}/labs.ts`],
    programModules[`../../chapters/${chapter}/programs.ts`],
  ];
  if (!loadLabs || !loadPrograms) throw new Error(`There is no chapter "${chapter}" with labs.`);
  const [{ labs }, { programs }] = await Promise.all([loadLabs(), loadPrograms()]);
  const lab = labs.find(({ id }) => id === labId);
  const programOf = programs[labId];
  if (!lab || !programOf) {
    const known = labs.map(({ id }) => id).join(", ");
    throw new Error(
      `There is no lab "${labId}" with a program in chapter "${chapter}". Labs: ${known}.`,
    );
  }
  return { lab, programOf };
}
