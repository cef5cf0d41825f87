import type { Arrays } from "../../src/data/ndarray.ts";
import { dataOf } from "../../src/engine/labState.ts";
import type { Program } from "../../src/models/program.ts";
import { exampleCount, takeRows } from "../../src/training/batches.ts";
import { type Config, initialConfig, type Lab } from "../../src/training/lab.ts";

const labModules = import.meta.glob<{ labs: readonly Lab[] }>("../../chapters/*/labs.ts", {
  eager: true,
});
const programModules = import.meta.glob<{
  programs: Readonly<Record<string, (config: Config) => Program>>;
}>("../../chapters/*/programs.ts", { eager: true });

/** A lab of the book, in one of its configurations. */
export interface Case {
  readonly name: string;
  readonly lab: Lab;
  readonly config: Config;
  readonly programOf: (config: Config) => Program;
}

/** So many choices of a setting are no longer each tried. */
const many = 10;

/** Every lab of the book as it opens, and with each other choice of each of its settings. */
export const everyLab: readonly Case[] = Object.entries(labModules).flatMap(([path, { labs }]) => {
  const programs = programModules[path.replace("labs.ts", "programs.ts")]?.programs ?? {};
  return labs.flatMap((lab): Case[] => {
    const programOf = programs[lab.id];
    if (!programOf) return [];
    const config = initialConfig(lab.fields);
    const others = Object.entries(lab.fields).flatMap(([field, { kind, ...rest }]) => {
      const values =
        kind === "choice" && "options" in rest ? rest.options.map(({ value }) => value) : [];
      const switched = kind === "switch" ? [!config[field]] : [];
      const changed = [...values, ...switched].filter((value) => value !== config[field]);
      // A long list names things of one kind: letters, places. A list of different models is short.
      const tried = changed.length > many ? changed.slice(-2) : changed;
      return tried.map((value) => ({ [field]: value }));
    });
    return [{}, ...others].map((change) => ({
      name: `${lab.id} ${JSON.stringify(change)}`,
      lab,
      config: { ...config, ...change },
      programOf,
    }));
  });
});

/** The first rows of a lab's data: the kernels that work on them work on all. */
export function fewRows(lab: Lab, config: Config): Arrays {
  const data = dataOf(lab, config);
  const count = Math.min(3, exampleCount(data));
  return takeRows(
    data,
    Array.from({ length: count }, (_, row) => row),
  );
}
