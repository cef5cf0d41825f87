import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { pushedApart } from "./orthogonalProgram.ts";
import { toyModels } from "./superpositionProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "mi-superposition": toyModels,
  "mi-orthogonal": pushedApart,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
