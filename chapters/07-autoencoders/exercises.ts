import type { Exercises } from "../../src/book/exercise.ts";
import { aeExercises } from "./aeExercises.ts";
import { klExercises } from "./klExercises.ts";
import { planeExercises } from "./planeExercises.ts";
import { trickExercises } from "./trickExercises.ts";

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  ...aeExercises,
  ...klExercises,
  ...trickExercises,
  ...planeExercises,
} satisfies Exercises;
