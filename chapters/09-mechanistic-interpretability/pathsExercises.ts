import type { Exercises } from "../../src/book/exercise.ts";

export const pathsExercises = {} satisfies Exercises;
