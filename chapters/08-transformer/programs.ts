import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { oneHead } from "./attentionProgram.ts";
import { tokenRows } from "./tokensProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "tf-tokens": tokenRows,
  "tf-attention": oneHead,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
