import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { characters } from "./charactersProgram.ts";
import { throughTime } from "./gradientProgram.ts";
import { sequences } from "./sequencesProgram.ts";
import { nextWord } from "./unrollProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "rnn-unroll": nextWord,
  "rnn-sequences": sequences,
  "rnn-gradient": throughTime,
  "rnn-characters": characters,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
