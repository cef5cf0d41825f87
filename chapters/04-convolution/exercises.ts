import type { Exercises } from "../../src/book/exercise.ts";

export const exercises = {} satisfies Exercises;
