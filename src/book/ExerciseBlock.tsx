import type { ReactNode } from "react";
import { useChapter } from "./ChapterContext.ts";
import type { Exercises } from "./exercise.ts";

const tables = import.meta.glob<Exercises>("../../chapters/*/exercises.ts", {
  eager: true,
  import: "exercises",
});

/** The exercises of the chapter in `folder`. */
export function exercisesOf(folder: string): Exercises {
  return tables[`../../chapters/${folder}/exercises.ts`] ?? {};
}

/** An exercise that is done in a live lab. The words are here; the check joins them when the lab is near. */
export function ExerciseBlock({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { folder } = useChapter();
  const exercise = exercisesOf(folder)[id];
  if (!exercise) {
    throw new Error(`<Exercise id="${id}">: chapters/${folder}/exercises.ts has no such exercise.`);
  }
  const heading = `exercise-${id}`;
  return (
    <section className="exercise" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {children}
      <div
        className="exercise-check"
        data-island="exercise"
        data-exercise={id}
        data-chapter={folder}
        data-lab={exercise.lab}
      >
        <p className="exercise-where">
          Done in the lab <a href={`#${exercise.lab}`}>above</a>.
        </p>
      </div>
    </section>
  );
}

/** Where the reader's progress in a chapter's exercises is shown, once its script is there. */
export function Progress() {
  const { folder } = useChapter();
  const ids = Object.keys(exercisesOf(folder));
  if (ids.length === 0) return null;
  return (
    <div
      className="progress"
      data-island="progress"
      data-chapter={folder}
      data-exercises={ids.join(" ")}
    />
  );
}

function fold(summary: string) {
  return function Fold({ children }: { readonly children: ReactNode }) {
    return (
      <details className="fold">
        <summary>{summary}</summary>
        <div className="fold-body">{children}</div>
      </details>
    );
  };
}

export const Hint = fold("Hint");
export const Answer = fold("Answer");
export const Why = fold("Why it works");
