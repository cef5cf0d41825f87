import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { toyModels } from "./superpositionProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "mi-superposition": toyModels,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
