import type { Lab } from "../../src/training/lab.ts";
import { attentionLab } from "./attentionLab.ts";
import { blockLab } from "./blockLab.ts";
import { gptLab } from "./gptLab.ts";
import { headsLab } from "./headsLab.ts";
import { ownLab } from "./ownLab.ts";
import { positionsLab } from "./positionsLab.ts";
import { tokensLab } from "./tokensLab.ts";
import { translationLab } from "./translationLab.ts";

export const labs: readonly Lab[] = [
  tokensLab,
  positionsLab,
  attentionLab,
  headsLab,
  blockLab,
  translationLab,
  gptLab,
  ownLab,
];
