import { createRoot } from "react-dom/client";
import type { Exercise } from "../book/exercise.ts";
import { ExerciseCheck } from "./ExerciseCheck.tsx";
import { ProgressControl } from "./ProgressControl.tsx";

export interface MountExerciseOptions {
  readonly id: string;
  /** The folder of its chapter. */
  readonly chapter: string;
  readonly exercise: Exercise;
}

/** The name under which an exercise is remembered. */
export function progressKey(chapter: string, id: string): string {
  return `${chapter}/${id}`;
}

/** Puts the check of an exercise into `element`; returns the way to take it down. */
export function mountExercise(element: HTMLElement, options: MountExerciseOptions): () => void {
  const root = createRoot(element);
  root.render(
    <ExerciseCheck
      progressKey={progressKey(options.chapter, options.id)}
      exercise={options.exercise}
    />,
  );
  return () => root.unmount();
}

/** Puts "Your progress" into `element`, for these exercises (by `progressKey`). */
export function mountProgress(element: HTMLElement, exercises: readonly string[]): () => void {
  const root = createRoot(element);
  root.render(<ProgressControl exercises={exercises} />);
  return () => root.unmount();
}
