import type { Lab } from "../../src/training/lab.ts";
import { orthogonalLab } from "./orthogonalLab.ts";
import { superpositionLab } from "./superpositionLab.ts";

export const labs: readonly Lab[] = [superpositionLab, orthogonalLab];
