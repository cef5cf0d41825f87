import type { Exercises } from "../../src/book/exercise.ts";

export const streamExercises = {} satisfies Exercises;
