import type { Exercises } from "../../src/book/exercise.ts";
import { attentionExercises } from "./attentionExercises.ts";
import { blockExercises } from "./blockExercises.ts";
import { gptExercises } from "./gptExercises.ts";
import { headsExercises } from "./headsExercises.ts";
import { ownExercises } from "./ownExercises.ts";
import { positionsExercises } from "./positionsExercises.ts";
import { tokensExercises } from "./tokensExercises.ts";
import { translationExercises } from "./translationExercises.ts";

/** The exercises of this chapter, lab by lab. */
export const exercises = {
  ...tokensExercises,
  ...positionsExercises,
  ...attentionExercises,
  ...headsExercises,
  ...blockExercises,
  ...translationExercises,
  ...gptExercises,
  ...ownExercises,
} satisfies Exercises;
