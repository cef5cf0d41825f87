import { useCallback, useEffect, useRef, useState } from "react";

/** What a control calls with a new value. Writes of one gesture are one step of undo. */
export type Write<T> = (value: T, gesture: string) => unknown;

let gestures = 0;

/** A name for one drag, distinct on this page. */
export function newGesture(): string {
  gestures += 1;
  return `gesture ${gestures}`;
}

/** How much finer (Shift) or coarser (Alt) a hand moves. */
export function handSpeed(event: { shiftKey: boolean; altKey: boolean }): number {
  if (event.shiftKey) return 0.1;
  return event.altKey ? 10 : 1;
}

/** At most one write a frame, the newest; `flush` writes at once what is waiting. */
export function useFrameWrite<T>(write: Write<T>): { write: Write<T>; flush: () => void } {
  const newest = useRef(write);
  newest.current = write;
  const waiting = useRef<{ value: T; gesture: string } | null>(null);
  const request = useRef(0);
  const flush = useCallback(() => {
    cancelAnimationFrame(request.current);
    request.current = 0;
    const next = waiting.current;
    waiting.current = null;
    if (next) newest.current(next.value, next.gesture);
  }, []);
  const put = useCallback(
    (value: T, gesture: string) => {
      waiting.current = { value, gesture };
      if (request.current === 0) request.current = requestAnimationFrame(flush);
    },
    [flush],
  );
  useEffect(() => () => flush(), [flush]);
  return { write: put, flush };
}

/** How long a value that the lab has not yet confirmed stands in for the lab's own. */
const patience = 500;

/**
 * The value under the hand: what was last set, until the lab's own value agrees with it or the hand has
 * been away for a while. Without it a dragged number would jump back to the frame of a moment ago.
 */
export function useDraft<T>(
  value: T,
  same: (a: T, b: T) => boolean,
): { shown: T; hold: (value: T) => void; letGo: () => void } {
  const [draft, setDraft] = useState<{ value: T; held: boolean } | null>(null);
  const isConfirmed = draft !== null && !draft.held && same(draft.value, value);
  useEffect(() => {
    if (draft === null || draft.held) return;
    if (isConfirmed) return setDraft(null);
    const timer = setTimeout(() => setDraft(null), patience);
    return () => clearTimeout(timer);
  }, [draft, isConfirmed]);
  const hold = useCallback((next: T) => setDraft({ value: next, held: true }), []);
  const letGo = useCallback(
    () => setDraft((before) => (before ? { ...before, held: false } : null)),
    [],
  );
  return { shown: draft && !isConfirmed ? draft.value : value, hold, letGo };
}

/** Whether two numbers are the same to the lab, which keeps 32-bit floats. */
export function sameNumber(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}
