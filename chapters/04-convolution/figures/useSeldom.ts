import { useEffect, useRef, useState } from "react";
import type { Arrays, NDArray } from "../../../src/data/ndarray.ts";
import type { Watch } from "../../../src/training/lab.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";

type Values = Readonly<Record<Watch, NDArray>>;

/** What is looked at, and what it is of. */
export interface Seldom {
  readonly watches: readonly Watch[];
  readonly probes?: Readonly<Record<string, Arrays>>;
  /** Changes when what was seen is no longer true. */
  readonly key: string;
}

export interface SeenSeldom {
  readonly values: Values;
  /** The training step that they are of. */
  readonly step: number;
}

/** While it trains: milliseconds from one look to the next, at least, and as a multiple of what a look takes. */
const pause = 1500;
const pausePerCost = 5;
/** While a hand is at work: a look when it has rested so long. */
const rest = 200;

/**
 * What costs too much to look at in every frame: looked at in a single frame now and then while the lab
 * trains, and once after each change when it rests. The figure must not call `lab.watch` besides.
 */
export function useSeldom(
  { frame, lab }: Pick<FigureProps, "frame" | "lab">,
  { watches, probes, key }: Seldom,
): SeenSeldom | null {
  const [seen, setSeen] = useState<{ key: string; values: Values; step: number } | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const last = useRef({ began: 0, ended: Number.NEGATIVE_INFINITY, cost: 0 });
  const newest = useRef({ watches, probes, key });
  newest.current = { watches, probes, key };
  const has = watches.length > 0 && watches.every((text) => text in frame.values);
  const isDue = watches.length > 0 && seen?.key !== key;
  // While it trains every frame has another key, and the time since the last look counts.
  const isAsked = asked !== null;
  const patience = frame.playing ? "training" : key;

  useEffect(() => {
    if (!has || !isDue) return;
    const ended = performance.now();
    last.current = { ...last.current, ended, cost: ended - last.current.began };
    // What came may be of a picture that has changed since: then it is due again.
    setSeen({ key: asked ?? key, values: frame.values, step: frame.step });
    setAsked(null);
  }, [has, isDue, asked, key, frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new patience waits anew
  useEffect(() => {
    if (!isDue || isAsked) return;
    const { ended, cost } = last.current;
    const due = ended + Math.max(pause, pausePerCost * cost);
    const wait = frame.playing ? Math.max(0, due - performance.now()) : rest;
    const timer = setTimeout(() => {
      last.current.began = performance.now();
      setAsked(newest.current.key);
    }, wait);
    return () => clearTimeout(timer);
  }, [isDue, isAsked, patience]);

  useEffect(() => {
    const { watches, probes } = newest.current;
    // A refusal is shown by the lab.
    lab.watch(isAsked ? watches : [], isAsked ? probes : undefined).catch(() => {});
  }, [lab, isAsked]);

  useEffect(
    () => () => {
      lab.watch([]).catch(() => {});
    },
    [lab],
  );
  return has ? { values: frame.values, step: frame.step } : seen;
}
