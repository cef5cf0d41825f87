import type { Lab } from "../../src/training/lab.ts";
import { bracketsLab } from "./bracketsLab.ts";
import { cellLab } from "./cellLab.ts";
import { gradientLab } from "./gradientLab.ts";
import { raceLab } from "./raceLab.ts";

export const labs: readonly Lab[] = [cellLab, gradientLab, raceLab, bracketsLab];
