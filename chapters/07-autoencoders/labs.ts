import type { Lab } from "../../src/training/lab.ts";

export const labs: readonly Lab[] = [];
