import type { Lab } from "../../src/training/lab.ts";
import { bumps } from "./bumpsLab.ts";
import { iris } from "./irisLab.ts";
import { playground } from "./playgroundLab.ts";
import { shapes } from "./shapesLab.ts";

export const labs: readonly Lab[] = [playground, shapes, bumps, iris];
