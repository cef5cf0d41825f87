import { useCallback, useEffect, useRef, useState } from "react";
import type { Cell } from "../../../src/data/windows.ts";

/** How long the window rests at each place, in milliseconds. */
const rest = 320;

export interface WindowWalk {
  readonly isWalking: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Moves from place to place, row by row, until the last one or until it is stopped. `goTo` is a request:
 * the next step is taken from the place where the lab says that it is.
 */
export function useWalk(place: Cell, size: number, goTo: (place: Cell) => unknown): WindowWalk {
  const [isWalking, setWalking] = useState(false);
  const newest = useRef({ place, size, goTo });
  newest.current = { place, size, goTo };
  const isAtEnd = () => {
    const { place: at, size: side } = newest.current;
    return at[0] * side + at[1] >= side * side - 1;
  };
  const stop = useCallback(() => setWalking(false), []);
  const start = (): void => {
    if (isAtEnd()) goTo([0, 0]);
    setWalking(true);
  };
  useEffect(() => {
    if (!isWalking) return;
    const timer = setInterval(() => {
      const { place: at, size: side, goTo: go } = newest.current;
      const next = at[0] * side + at[1] + 1;
      if (next >= side * side) return setWalking(false);
      void go([Math.floor(next / side), next % side]);
    }, rest);
    return () => clearInterval(timer);
  }, [isWalking]);
  return { isWalking, start, stop };
}
