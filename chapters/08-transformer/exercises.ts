import type { Exercises } from "../../src/book/exercise.ts";
import { attentionExercises } from "./attentionExercises.ts";
import { gptExercises } from "./gptExercises.ts";
import { headsExercises } from "./headsExercises.ts";
import { positionsExercises } from "./positionsExercises.ts";
import { tokensExercises } from "./tokensExercises.ts";

/** The exercises of this chapter, lab by lab. */
export const exercises = {
  ...tokensExercises,
  ...positionsExercises,
  ...attentionExercises,
  ...headsExercises,
  ...gptExercises,
} satisfies Exercises;
