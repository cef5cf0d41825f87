import { useEffect, useRef, useState } from "react";

/** A screen reader hears the state line at most this often. */
const hearingPause = 2500;

/** What the lab shows now, in words: always for the eye, now and then for the ear. */
export function StateLine({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <>
      <p className="lab-state" id={id}>
        {text}
      </p>
      <p className="sr-only" aria-live="polite" aria-atomic="true">
        {useThrottled(text, hearingPause)}
      </p>
    </>
  );
}

/** `text`, but nothing at first, and no oftener than every `pause` milliseconds. */
export function useThrottled(text: string, pause: number): string {
  const [heard, setHeard] = useState("");
  const first = useRef(text);
  const last = useRef(0);
  const newest = useRef(text);
  newest.current = text;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (text === first.current && last.current === 0) return;
    if (timer.current !== undefined) return;
    const wait = Math.max(250, last.current + pause - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = Date.now();
      setHeard(newest.current);
    }, wait);
  }, [text, pause]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return heard;
}
