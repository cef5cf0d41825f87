import type { Lab } from "../../src/training/lab.ts";
import { attentionLab } from "./attentionLab.ts";

export const labs: readonly Lab[] = [attentionLab];
