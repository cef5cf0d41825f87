import type { Exercises } from "../../src/book/exercise.ts";
import { bracketsExercises } from "./bracketsExercises.ts";
import { cellExercises } from "./cellExercises.ts";
import { raceExercises } from "./raceExercises.ts";

/** The chapter's exercises, in the order of the page. */
export const exercises = {
  ...cellExercises,
  ...raceExercises,
  ...bracketsExercises,
} satisfies Exercises;
