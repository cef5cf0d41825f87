import type { Lab } from "../../src/training/lab.ts";
import { digitsLab } from "./digitsLab.ts";
import { windowLab } from "./windowLab.ts";

export const labs: readonly Lab[] = [windowLab, digitsLab];
