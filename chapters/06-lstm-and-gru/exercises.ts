import type { Exercises } from "../../src/book/exercise.ts";
import { cellExercises } from "./cellExercises.ts";

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  ...cellExercises,
} satisfies Exercises;
