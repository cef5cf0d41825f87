import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { zeroLayers } from "./bigramsProgram.ts";
import { induction } from "./inductionProgram.ts";
import { interventions } from "./interventionsProgram.ts";
import { logitLensOfGpt } from "./lensProgram.ts";
import { pushedApart } from "./orthogonalProgram.ts";
import { paths } from "./pathsProgram.ts";
import { skipTrigrams } from "./skipProgram.ts";
import { residualStream } from "./streamProgram.ts";
import { toyModels } from "./superpositionProgram.ts";
import { virtualWeights } from "./virtualProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "mi-stream": residualStream,
  "mi-virtual": virtualWeights,
  "mi-bigrams": zeroLayers,
  "mi-skip": skipTrigrams,
  "mi-induction": induction,
  "mi-paths": paths,
  "mi-interventions": interventions,
  "mi-lens": logitLensOfGpt,
  "mi-superposition": toyModels,
  "mi-orthogonal": pushedApart,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
