import type { Lab } from "../../src/training/lab.ts";
import { backpropLab } from "./backpropLab.ts";
import { descentLab } from "./descentLab.ts";
import { overfittingLab } from "./overfittingLab.ts";
import { signalsLab } from "./signalsLab.ts";

export const labs: readonly Lab[] = [descentLab, backpropLab, signalsLab, overfittingLab];
