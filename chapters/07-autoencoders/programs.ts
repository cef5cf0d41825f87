import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {} satisfies Readonly<Record<string, (config: Config) => Program>>;
