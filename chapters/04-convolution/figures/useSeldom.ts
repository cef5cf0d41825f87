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

/** While it trains: milliseconds from one look to the next. */
const pause = 1500;
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
  const [asked, setAsked] = useState(false);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const newest = useRef({ watches, probes });
  newest.current = { watches, probes };
  const has = watches.length > 0 && watches.every((text) => text in frame.values);
  const isDue = watches.length > 0 && seen?.key !== key;
  // While it trains every frame has another key, and the time since the last look counts.
  const patience = frame.playing ? "training" : key;

  useEffect(() => {
    if (!has || !isDue) return;
    last.current = performance.now();
    setSeen({ key, values: frame.values, step: frame.step });
    setAsked(false);
  }, [has, isDue, key, frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new patience waits anew
  useEffect(() => {
    if (!isDue || asked) return;
    const since = performance.now() - last.current;
    const wait = frame.playing ? Math.max(0, pause - since) : rest;
    const timer = setTimeout(() => setAsked(true), wait);
    return () => clearTimeout(timer);
  }, [isDue, asked, patience]);

  useEffect(() => {
    const { watches, probes } = newest.current;
    // A refusal is shown by the lab.
    lab.watch(asked ? watches : [], asked ? probes : undefined).catch(() => {});
  }, [lab, asked]);

  useEffect(
    () => () => {
      lab.watch([]).catch(() => {});
    },
    [lab],
  );
  return has ? { values: frame.values, step: frame.step } : seen;
}
