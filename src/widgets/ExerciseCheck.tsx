import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Exercise, Verdict } from "../book/exercise.ts";
import type { LabHandle } from "../engine/handle.ts";
import { type Frame, initialConfig } from "../training/lab.ts";
import { messageOf } from "./actions.ts";
import { liveLab, onLiveLabs, onScreen, setViewing, wakeLab, watchAlso } from "./liveLabs.ts";
import { markExercise, onProgress, readProgress } from "./progress.ts";

export interface ExerciseCheckProps {
  /** `chapter/exercise`: the name under which it is remembered. */
  readonly progressKey: string;
  readonly exercise: Exercise;
}

/** Looks at the live lab and says how far the exercise is; resets it, or shows one way to do it. */
export function ExerciseCheck({ progressKey, exercise }: ExerciseCheckProps) {
  const place = useRef<HTMLDivElement>(null);
  const handle = useSyncExternalStore(onLiveLabs, () => liveLab(exercise.lab));
  const frame = useFrame(handle);
  const done = useSyncExternalStore(onProgress, () => readProgress()[progressKey]);
  const [failure, setFailure] = useState<string | null>(null);
  const wasShown = useRef(false);
  const verdict = frame && verdictOf(exercise, frame);
  const isDone = verdict?.done ?? false;

  useEffect(() => {
    if (!handle) return;
    const { stop, accepted } = watchAlso(handle, exercise.watch ?? [], exercise.probes);
    accepted.catch((error: unknown) => setFailure(messageOf(error)));
    return stop;
  }, [handle, exercise]);
  useEffect(() => {
    if (!liveLab(exercise.lab)) wakeLab(exercise.lab);
  }, [exercise]);
  useEffect(() => {
    const element = place.current;
    if (!handle || !element) return;
    const stop = onScreen(element, (isOnScreen) => setViewing(handle, element, isOnScreen));
    return () => {
      stop();
      setViewing(handle, element, false);
    };
  }, [handle]);
  useEffect(() => {
    if (isDone) markExercise(progressKey, wasShown.current ? "shown" : "done");
  }, [isDone, progressKey]);

  const run = (work: (lab: LabHandle) => Promise<unknown>): void => {
    if (!handle) return;
    setFailure(null);
    work(handle).catch((error: unknown) => setFailure(messageOf(error)));
  };
  return (
    <div ref={place} className="exercise-live" data-done={isDone || undefined}>
      <p className="exercise-verdict" aria-live="polite">
        <span className="exercise-sign" aria-hidden="true">
          {isDone ? "✓" : "○"}
        </span>
        <span>
          {isDone && <strong>Done. </strong>}
          {verdict ? verdict.says : "Waiting for its lab to start."}
        </span>
      </p>
      {done && !isDone && (
        <p className="exercise-before">
          ✓ {done === "done" ? "You have done this before." : "You have been shown how."}
        </p>
      )}
      {failure !== null && <p role="alert">{failure}</p>}
      <p className="lab-buttons">
        <a href={`#${exercise.lab}`}>Go to the lab</a>
        <button
          type="button"
          disabled={!handle}
          onClick={() => {
            wasShown.current = false;
            run(restart);
          }}
        >
          Reset
        </button>
        <button
          type="button"
          disabled={!handle}
          onClick={() => {
            wasShown.current = true;
            run((lab) => solve(lab, exercise));
          }}
        >
          Show me
        </button>
      </p>
    </div>
  );
}

function useFrame(handle: LabHandle | null): Frame | null {
  return useSyncExternalStore(
    (listener) => handle?.subscribe(listener) ?? (() => {}),
    () => handle?.current() ?? null,
  );
}

function verdictOf(exercise: Exercise, frame: Frame): Verdict {
  try {
    return exercise.check(frame);
  } catch (error) {
    return { done: false, says: `This cannot be checked now: ${messageOf(error)}` };
  }
}

async function restart(lab: LabHandle): Promise<void> {
  await lab.configure(initialConfig(lab.lab.fields));
  await lab.reset();
}

async function solve(lab: LabHandle, exercise: Exercise): Promise<void> {
  for (const part of exercise.solution) {
    if ("train" in part) await lab.train(part.train);
    else await lab.edit(part);
  }
}
