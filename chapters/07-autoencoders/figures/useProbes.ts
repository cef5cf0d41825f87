import { useEffect } from "react";
import type { Arrays } from "../../../src/data/ndarray.ts";
import type { Watch } from "../../../src/training/lab.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";

/** Watches these on inputs of the figure's own, asking again only when a number in them has changed. */
export function useProbes(
  lab: FigureProps["lab"],
  watches: readonly Watch[],
  probes: Readonly<Record<string, Arrays>>,
): void {
  const key = keyOf(watches, probes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that they are
  useEffect(() => {
    // A refusal is shown by the lab.
    lab.watch(watches, probes).catch(() => {});
  }, [lab, key]);
  useEffect(
    () => () => {
      lab.watch([]).catch(() => {});
    },
    [lab],
  );
}

/** All of it in a text, numbers to four places: codes that tremble less than that are the same. */
function keyOf(watches: readonly Watch[], probes: Readonly<Record<string, Arrays>>): string {
  const numbers = Object.entries(probes).map(([name, arrays]) => [
    name,
    ...Object.entries(arrays).map(
      ([input, { data }]) => `${input} ${Array.from(data, (one) => Math.round(1e4 * one)).join()}`,
    ),
  ]);
  return JSON.stringify([watches, numbers]);
}
