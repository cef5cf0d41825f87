import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { oneHead } from "./attentionProgram.ts";
import { blocks } from "./blockProgram.ts";
import { gptLab } from "./gptProgram.ts";
import { heads } from "./headsProgram.ts";
import { ownGpt } from "./ownProgram.ts";
import { placeCodes } from "./positionsProgram.ts";
import { tokenRows } from "./tokensProgram.ts";
import { translation } from "./translationProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "tf-tokens": tokenRows,
  "tf-positions": placeCodes,
  "tf-attention": oneHead,
  "tf-heads": heads,
  "tf-block": blocks,
  "tf-translation": translation,
  "tf-gpt": gptLab,
  "tf-own": ownGpt,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
