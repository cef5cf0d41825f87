import type { Exercises } from "../../src/book/exercise.ts";

export const superpositionExercises = {} satisfies Exercises;
