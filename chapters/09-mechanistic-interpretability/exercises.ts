import type { Exercises } from "../../src/book/exercise.ts";
import { bigramsExercises } from "./bigramsExercises.ts";
import { inductionExercises } from "./inductionExercises.ts";
import { interventionsExercises } from "./interventionsExercises.ts";
import { lensExercises } from "./lensExercises.ts";
import { orthogonalExercises } from "./orthogonalExercises.ts";
import { pathsExercises } from "./pathsExercises.ts";
import { skipExercises } from "./skipExercises.ts";
import { streamExercises } from "./streamExercises.ts";
import { superpositionExercises } from "./superpositionExercises.ts";
import { virtualExercises } from "./virtualExercises.ts";

/** The exercises of this chapter, lab by lab. */
export const exercises = {
  ...streamExercises,
  ...virtualExercises,
  ...bigramsExercises,
  ...skipExercises,
  ...inductionExercises,
  ...pathsExercises,
  ...interventionsExercises,
  ...lensExercises,
  ...superpositionExercises,
  ...orthogonalExercises,
} satisfies Exercises;
