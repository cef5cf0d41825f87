import type { Lab } from "../../src/training/lab.ts";
import { interventionsLab } from "./interventionsLab.ts";
import { lensLab } from "./lensLab.ts";
import { orthogonalLab } from "./orthogonalLab.ts";
import { pathsLab } from "./pathsLab.ts";
import { streamLab } from "./streamLab.ts";
import { superpositionLab } from "./superpositionLab.ts";
import { virtualLab } from "./virtualLab.ts";

export const labs: readonly Lab[] = [
  streamLab,
  virtualLab,
  pathsLab,
  interventionsLab,
  lensLab,
  superpositionLab,
  orthogonalLab,
];
