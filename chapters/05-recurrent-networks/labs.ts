import type { Lab } from "../../src/training/lab.ts";
import { sequencesLab } from "./sequencesLab.ts";
import { unrollLab } from "./unrollLab.ts";

export const labs: readonly Lab[] = [unrollLab, sequencesLab];
