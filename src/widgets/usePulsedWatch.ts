import { useEffect, useRef, useState } from "react";
import type { NDArray } from "../data/ndarray.ts";
import type { Watch } from "../training/lab.ts";
import type { FigureProps } from "./figure.ts";

type Values = Readonly<Record<Watch, NDArray>>;

export interface Pulsed {
  readonly values: Values;
  /** The training step that they are of. */
  readonly step: number;
}

/**
 * What costs too much to look at in every frame: while the lab trains it is watched for one frame about
 * every `pause` milliseconds, and when it rests, in each frame (there are only those of changes). The
 * figure must not call `lab.watch` besides. Null until the first such frame.
 */
export function usePulsedWatch(
  { frame, lab }: Pick<FigureProps, "frame" | "lab">,
  watches: readonly Watch[],
  pause: number,
): Pulsed | null {
  const list = watches.join("\n"); // a watch may hold a space: "grad w"
  const [seen, setSeen] = useState<Pulsed | null>(null);
  const [asked, setAsked] = useState(false);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const has = list !== "" && list.split("\n").every((text) => text in frame.values);
  const { playing } = frame;

  useEffect(() => {
    if (!has) return;
    last.current = performance.now();
    setSeen({ values: frame.values, step: frame.step });
    if (playing) setAsked(false);
  }, [has, playing, frame]);

  useEffect(() => {
    if (!playing) {
      setAsked(true);
      return;
    }
    const timer = setInterval(() => {
      if (performance.now() - last.current >= pause) setAsked(true);
    }, 100);
    return () => clearInterval(timer);
  }, [playing, pause]);

  useEffect(() => {
    // A refusal is shown by the lab.
    lab.watch(asked && list !== "" ? list.split("\n") : []).catch(() => {});
  }, [lab, list, asked]);

  useEffect(
    () => () => {
      lab.watch([]).catch(() => {});
    },
    [lab],
  );
  return has ? { values: frame.values, step: frame.step } : seen;
}
