/** `shown`: it was done by "Show me". */
export type Done = "done" | "shown";

/** The exercises done, by `chapter/exercise`. */
export type Progress = Readonly<Record<string, Done>>;

const storageKey = "unrolled.progress";
const fileKind = "unrolled progress";
const empty: Progress = {};
const listeners = new Set<() => void>();
let known: Progress | null = null;

/** @throws Error saying what is wrong with the text */
function parsed(text: string): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON. Choose one that “Export” has made.");
  }
  if (
    typeof value !== "object" ||
    value === null ||
    !("kind" in value) ||
    value.kind !== fileKind
  ) {
    throw new Error("This file holds no progress. Choose one that “Export” has made.");
  }
  const exercises = "exercises" in value ? value.exercises : null;
  if (typeof exercises !== "object" || exercises === null || Array.isArray(exercises)) {
    throw new Error("This file's list of exercises is missing or damaged. Nothing was changed.");
  }
  const entries = Object.entries(exercises);
  const bad = entries.find(([, done]) => done !== "done" && done !== "shown");
  if (bad) {
    throw new Error(
      `Expected "done" or "shown" for the exercise "${bad[0].slice(0, 60)}", got ${JSON.stringify(bad[1])?.slice(0, 40)}. Nothing was changed.`,
    );
  }
  return Object.fromEntries(entries) as Progress;
}

function written(progress: Progress): string {
  return JSON.stringify({ kind: fileKind, exercises: progress });
}

/** What has been done on this device; empty where the browser keeps nothing. */
export function readProgress(): Progress {
  if (known) return known;
  known = empty;
  try {
    const text = localStorage.getItem(storageKey);
    if (text !== null) known = parsed(text);
  } catch {
    // No storage (a private window), or damaged: start with an empty list.
  }
  return known;
}

function replace(progress: Progress): void {
  known = progress;
  try {
    localStorage.setItem(storageKey, written(progress));
  } catch {
    // No storage: it is remembered until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Marks an exercise; one that was done by hand stays so. */
export function markExercise(key: string, done: Done): void {
  const before = readProgress();
  if (before[key] === "done" || before[key] === done) return;
  replace({ ...before, [key]: done });
}

/** The progress as text for a file. */
export function exportProgress(): string {
  return written(readProgress());
}

/**
 * Adds the progress of a file to what is here.
 *
 * @throws Error saying what is wrong with the file; then nothing has changed
 */
export function importProgress(text: string): void {
  const added = parsed(text);
  const merged: Record<string, Done> = { ...readProgress() };
  for (const [key, done] of Object.entries(added)) {
    if (merged[key] !== "done") merged[key] = done;
  }
  replace(merged);
}

export function clearProgress(): void {
  replace(empty);
}

/** Calls `listener` when the progress has changed, here or in another tab; returns the way to stop. */
export function onProgress(listener: () => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== storageKey) return;
    known = null;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}
