import type { Lab } from "../../src/training/lab.ts";
import { bigramsLab } from "./bigramsLab.ts";
import { inductionLab } from "./inductionLab.ts";
import { interventionsLab } from "./interventionsLab.ts";
import { lensLab } from "./lensLab.ts";
import { orthogonalLab } from "./orthogonalLab.ts";
import { pathsLab } from "./pathsLab.ts";
import { skipLab } from "./skipLab.ts";
import { streamLab } from "./streamLab.ts";
import { superpositionLab } from "./superpositionLab.ts";
import { virtualLab } from "./virtualLab.ts";

export const labs: readonly Lab[] = [
  streamLab,
  virtualLab,
  bigramsLab,
  skipLab,
  inductionLab,
  pathsLab,
  interventionsLab,
  lensLab,
  superpositionLab,
  orthogonalLab,
];
