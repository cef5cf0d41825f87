import type { Lab } from "../../src/training/lab.ts";
import { attentionLab } from "./attentionLab.ts";
import { tokensLab } from "./tokensLab.ts";

export const labs: readonly Lab[] = [tokensLab, attentionLab];
