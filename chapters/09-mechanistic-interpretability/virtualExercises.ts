import type { Exercises } from "../../src/book/exercise.ts";

export const virtualExercises = {} satisfies Exercises;
