import type { Lab } from "../../src/training/lab.ts";
import { attentionLab } from "./attentionLab.ts";
import { gptLab } from "./gptLab.ts";
import { ownLab } from "./ownLab.ts";
import { positionsLab } from "./positionsLab.ts";
import { tokensLab } from "./tokensLab.ts";

export const labs: readonly Lab[] = [tokensLab, positionsLab, attentionLab, gptLab, ownLab];
