import type { Lab } from "../../src/training/lab.ts";
import { unrollLab } from "./unrollLab.ts";

export const labs: readonly Lab[] = [unrollLab];
