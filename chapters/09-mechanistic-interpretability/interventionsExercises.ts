import type { Exercises } from "../../src/book/exercise.ts";

export const interventionsExercises = {} satisfies Exercises;
