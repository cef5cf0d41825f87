import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { digits } from "./digitsProgram.ts";
import { kernelBank } from "./kernelsProgram.ts";
import { oneKernel } from "./learnProgram.ts";
import { shift } from "./shiftProgram.ts";
import { slidingWindow } from "./windowProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "conv-window": slidingWindow,
  "conv-kernels": kernelBank,
  "conv-learn": oneKernel,
  "conv-digits": digits,
  "conv-shift": shift,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
