import type { Exercises } from "../../src/book/exercise.ts";

export const bigramsExercises = {} satisfies Exercises;
