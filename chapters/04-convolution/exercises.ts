import type { Exercises } from "../../src/book/exercise.ts";
import { kernelsExercises } from "./kernelsExercises.ts";
import { windowExercises } from "./windowExercises.ts";

export const exercises = { ...windowExercises, ...kernelsExercises } satisfies Exercises;
