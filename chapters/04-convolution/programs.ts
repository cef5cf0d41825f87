import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { digits } from "./digitsProgram.ts";
import { slidingWindow } from "./windowProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "conv-window": slidingWindow,
  "conv-digits": digits,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
