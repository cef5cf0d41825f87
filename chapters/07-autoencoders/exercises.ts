import type { Exercises } from "../../src/book/exercise.ts";

/** The chapter's exercises, in the order of the page. */
export const exercises = {} satisfies Exercises;
