import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { sequences } from "./sequencesProgram.ts";
import { nextWord } from "./unrollProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "rnn-unroll": nextWord,
  "rnn-sequences": sequences,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
