import { useEffect, useRef, useState } from "react";

/** `value`, followed at most once every `pause` milliseconds: for drawings that cost more than a frame should. */
export function useCalm<T>(value: T, pause: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const show = (): void => {
      last.current = performance.now();
      setShown(value);
    };
    const left = last.current + pause - performance.now();
    if (left <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, left);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return shown;
}
