import type { Lab } from "../../src/training/lab.ts";
import { playground } from "./playgroundLab.ts";

export const labs: readonly Lab[] = [playground];
