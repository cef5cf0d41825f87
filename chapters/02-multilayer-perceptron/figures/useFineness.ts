import { useEffect, useRef, useState } from "react";
import type { Frame } from "../../../src/training/lab.ts";

/** Cells across the plane, from coarse to as fine as the drawing; null: the lab's own grid is enough. */
const levels = [null, 100, 150] as const;

/** Frames that come faster than this leave room for more cells; slower ones ask for fewer. */
const quick = 22;
const slow = 45;

/**
 * How finely the surface can be computed without costing a frame: it goes up while frames come quickly,
 * and down where they come slowly. It settles: a level that was once too slow is not tried again for
 * the same network.
 */
export function useFineness(frame: Frame): number | null {
  const [level, setLevel] = useState(0);
  const state = useRef({ last: 0, average: 16, frames: 0, ceiling: levels.length - 1 });
  const size = Object.values(frame.values).reduce((sum, { shape }) => sum + (shape[1] ?? 0), 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another network is measured anew
  useEffect(() => {
    state.current = { last: 0, average: 16, frames: 0, ceiling: levels.length - 1 };
    setLevel(0);
  }, [size]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each frame is measured
  useEffect(() => {
    const now = performance.now();
    const { current } = state;
    const gap = now - current.last;
    current.last = now;
    // A frame after a pause says nothing of how long frames take.
    if (gap > 300) return;
    current.average = 0.85 * current.average + 0.15 * gap;
    current.frames += 1;
    if (current.frames < 12) return;
    if (current.average > slow && level > 0) {
      current.ceiling = level - 1;
      current.frames = 0;
      setLevel(level - 1);
    } else if (current.average < quick && level < current.ceiling) {
      current.frames = 0;
      setLevel(level + 1);
    }
  }, [frame, level]);

  // Nothing moves: then there is all the time for the finest picture.
  const [isIdle, setIdle] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts again with each frame
  useEffect(() => {
    if (frame.playing) return setIdle(false);
    const timer = setTimeout(() => setIdle(true), 400);
    return () => clearTimeout(timer);
  }, [frame.playing, frame.step]);
  return isIdle && !frame.playing ? (levels.at(-1) ?? null) : (levels[level] ?? null);
}
