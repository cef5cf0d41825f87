import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { brackets } from "./bracketsProgram.ts";
import { cellProgram } from "./cellProgram.ts";
import { gradientProgram } from "./gradientProgram.ts";
import { race } from "./raceProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "lstm-cell": cellProgram,
  "lstm-gradient": gradientProgram,
  "lstm-race": race,
  "lstm-brackets": brackets,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
