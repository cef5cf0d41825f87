import { useEffect, useRef, useState } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { drawOf } from "../gptData.ts";
import { tokensRead, windowOf } from "../ownTokens.ts";
import type { Said } from "./useWriting.ts";

/** What becomes of a run for the next one: keys and values stay with the model. */
const carry = { K: "cache.K", V: "cache.V" };

export interface OwnWriting {
  /** All tokens, those written so far included; null while nothing is written. */
  readonly tokens: readonly number[] | null;
  /** What the newest was drawn from. */
  readonly said: Said | null;
  /** Tokens a second, of the last writing; NaN before the first. */
  readonly speed: number;
  write(count: number): void;
  stop(): void;
}

/**
 * Lets the model write, a token at a time, each read as the next: the first run reads the whole text, the others
 * one token and the keys and values of those before. The same draw writes the same text.
 */
export function useOwnWriting({ frame, lab }: Pick<FigureProps, "frame" | "lab">): OwnWriting {
  const [tokens, setTokens] = useState<readonly number[] | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [speed, setSpeed] = useState(Number.NaN);
  const run = useRef<{ stopped: boolean } | null>(null);
  const stop = (): void => {
    if (run.current) run.current.stopped = true;
  };
  useEffect(
    () => () => {
      if (run.current) run.current.stopped = true;
    },
    [],
  );

  const write = async (count: number): Promise<void> => {
    if (run.current) return;
    const own = { stopped: false };
    run.current = own;
    const { config } = frame;
    const all = [...tokensRead(config)];
    const end = Math.min(all.length + count, windowOf(config));
    const began = performance.now();
    const from = all.length;
    setTokens([...all]);
    try {
      while (all.length < end && !own.stopped) {
        const isFirst = all.length === from;
        const t = all.length - 1;
        const given = isFirst ? { x: [all] } : { token: [all[t] as number] };
        const u = drawOf(Number(config.draw), all.length);
        const heard = await lab.ask({ ...given, t, u: [u] }, ["y_next", "p", "kept"], carry);
        all.push(entry(heard.y_next));
        setSaid({ p: heard.p, kept: heard.kept, u });
        setTokens([...all]);
        setSpeed((1000 * (all.length - from)) / (performance.now() - began));
      }
      if (all.length > from) await lab.configure({ tokens: all.join(" "), place: 0 });
    } catch {
      // What went wrong is shown by the lab.
    } finally {
      run.current = null;
      setTokens(null);
    }
  };
  return { tokens, said, speed, write: (count) => void write(count), stop };
}
