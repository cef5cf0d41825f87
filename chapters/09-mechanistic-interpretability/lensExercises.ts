import type { Exercises } from "../../src/book/exercise.ts";

export const lensExercises = {} satisfies Exercises;
