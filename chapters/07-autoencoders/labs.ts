import type { Lab } from "../../src/training/lab.ts";
import { bottleneckLab } from "./bottleneckLab.ts";
import { klLab } from "./klLab.ts";
import { oddLab } from "./oddLab.ts";
import { planeLab } from "./planeLab.ts";
import { trickLab } from "./trickLab.ts";

export const labs: readonly Lab[] = [bottleneckLab, oddLab, trickLab, planeLab, klLab];
