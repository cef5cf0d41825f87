import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { nextTokenProgram, repeatModel } from "./repeatsProgram.ts";

/** `mi-virtual`: two layers of attention on repeated blocks. */
export function virtualWeights(_config: Config): Program {
  return nextTokenProgram(repeatModel({ layers: 2, d_ff: 0 }));
}
