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

/** At most one write a frame, the newest; `flush` writes at once what waits, and returns what came of the last write. */
export function useFrameWrite<T>(write: Write<T>): { write: Write<T>; flush: () => unknown } {
  const newest = useRef(write);
  newest.current = write;
  const waiting = useRef<{ value: T; gesture: string } | null>(null);
  const request = useRef(0);
  const result = useRef<unknown>(undefined);
  const flush = useCallback(() => {
    cancelAnimationFrame(request.current);
    request.current = 0;
    const next = waiting.current;
    waiting.current = null;
    if (next) result.current = newest.current(next.value, next.gesture);
    return result.current;
  }, []);
  const put = useCallback(
    (value: T, gesture: string) => {
      waiting.current = { value, gesture };
      if (request.current === 0) request.current = requestAnimationFrame(flush);
    },
    [flush],
  );
  useEffect(
    () => () => {
      flush();
    },
    [flush],
  );
  return { write: put, flush };
}

/** How long a value stands in for the lab's own, once the lab has taken it and its next frame is due. */
const patience = 500;

export interface Draft<T> {
  readonly shown: T;
  readonly hold: (value: T) => void;
  /** The hand is gone; `written` is what came of its last write. */
  readonly letGo: (written?: unknown) => void;
}

/**
 * The value under the hand: what was last set, until the lab's own value agrees with it or the write is
 * over for a while. Without it a dragged number would jump back to the frame of a moment ago.
 */
export function useDraft<T>(value: T, same: (a: T, b: T) => boolean): Draft<T> {
  const [draft, setDraft] = useState<{ value: T; held: boolean } | null>(null);
  const holds = useRef(0);
  const isConfirmed = draft !== null && !draft.held && same(draft.value, value);
  useEffect(() => {
    if (draft === null || draft.held) return;
    if (isConfirmed) return setDraft(null);
    const timer = setTimeout(() => setDraft(null), patience);
    return () => clearTimeout(timer);
  }, [draft, isConfirmed]);
  const hold = useCallback((next: T) => {
    holds.current += 1;
    setDraft({ value: next, held: true });
  }, []);
  const letGo = useCallback((written?: unknown) => {
    const mine = holds.current;
    const release = (): void => {
      if (holds.current !== mine) return;
      setDraft((before) => (before ? { ...before, held: false } : null));
    };
    if (written instanceof Promise) written.then(release, release);
    else release();
  }, []);
  return { shown: draft && !isConfirmed ? draft.value : value, hold, letGo };
}

/** A choice that shows at once, and goes back if the lab refuses it. */
export function useChoice<T>(
  value: T,
  onChange: (value: T) => unknown,
): readonly [shown: T, choose: (value: T) => void] {
  const { shown, hold, letGo } = useDraft(value, Object.is);
  const choose = (next: T): void => {
    hold(next);
    letGo(onChange(next));
  };
  return [shown, choose];
}

/** Whether two numbers are the same to the lab, which keeps 32-bit floats. */
export function sameNumber(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}
