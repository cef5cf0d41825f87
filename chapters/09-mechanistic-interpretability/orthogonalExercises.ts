import type { Exercises } from "../../src/book/exercise.ts";

export const orthogonalExercises = {} satisfies Exercises;
