import type { Lab } from "../../src/training/lab.ts";
import { orthogonalLab } from "./orthogonalLab.ts";
import { pathsLab } from "./pathsLab.ts";
import { superpositionLab } from "./superpositionLab.ts";
import { virtualLab } from "./virtualLab.ts";

export const labs: readonly Lab[] = [virtualLab, pathsLab, superpositionLab, orthogonalLab];
