import type { Lab } from "../../src/training/lab.ts";
import { charactersLab } from "./charactersLab.ts";
import { gradientLab } from "./gradientLab.ts";
import { sequencesLab } from "./sequencesLab.ts";
import { unrollLab } from "./unrollLab.ts";

export const labs: readonly Lab[] = [unrollLab, sequencesLab, gradientLab, charactersLab];
