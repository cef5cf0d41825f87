import type { ComponentType } from "react";
import type { Exercises } from "../book/exercise.ts";
import type { Lab } from "../training/lab.ts";
import type { FigureProps } from "../widgets/figure.ts";

/** The labs, figures and exercises of all chapters, each loaded when it is asked for; by their paths. */
export const labModules = import.meta.glob<{ labs: readonly Lab[] }>("../../chapters/*/labs.ts");
export const figureModules = import.meta.glob<Record<string, ComponentType<FigureProps>>>(
  "../../chapters/*/figures/*.tsx",
);
export const exerciseModules = import.meta.glob<{ exercises: Exercises }>(
  "../../chapters/*/exercises.ts",
);
