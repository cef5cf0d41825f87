import type { Lab } from "../../src/training/lab.ts";
import { digitsLab } from "./digitsLab.ts";
import { kernelsLab } from "./kernelsLab.ts";
import { learnLab } from "./learnLab.ts";
import { shiftLab } from "./shiftLab.ts";
import { windowLab } from "./windowLab.ts";

export const labs: readonly Lab[] = [windowLab, kernelsLab, learnLab, digitsLab, shiftLab];
