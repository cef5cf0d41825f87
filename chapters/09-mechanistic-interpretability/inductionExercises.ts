import type { Exercises } from "../../src/book/exercise.ts";

export const inductionExercises = {} satisfies Exercises;
