import type { Exercises } from "../../src/book/exercise.ts";
import { digitsExercises } from "./digitsExercises.ts";
import { kernelsExercises } from "./kernelsExercises.ts";
import { shiftExercises } from "./shiftExercises.ts";
import { windowExercises } from "./windowExercises.ts";

export const exercises = {
  ...windowExercises,
  ...kernelsExercises,
  ...digitsExercises,
  ...shiftExercises,
} satisfies Exercises;
