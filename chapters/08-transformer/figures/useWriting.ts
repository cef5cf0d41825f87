import { useCallback, useEffect, useRef, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { FigureProps, LabActions } from "../../../src/widgets/figure.ts";
import { drawOf, inputOf, readIn, tokensIn, tokensText, wholeLength } from "../gptData.ts";

/** What the model said when the newest token was drawn. */
export interface Said {
  readonly p: NDArray | undefined;
  readonly kept: NDArray | undefined;
  readonly u: number;
}

/** Milliseconds a token, with and without the cache; null where not yet measured. */
export interface Speed {
  readonly cached: number | null;
  readonly reread: number | null;
}

export interface Writing {
  readonly tokens: readonly number[];
  /** How many of them the reader gave. */
  readonly begun: number;
  readonly isWriting: boolean;
  readonly said: Said | null;
  readonly speed: Speed;
  /** Why the last writing ended, where that needs saying. */
  readonly note: string;
  /** Writes one token, or until a line ends, the places are full, or it is stopped. */
  readonly write: (howMuch: "one" | "line") => void;
  readonly stop: () => void;
  /** Measures a token both ways. */
  readonly time: () => void;
}

const carry = { K: "cache.K", V: "cache.V" } as const;
/** The first runs of a kind are done the plain way and recorded; they say nothing of the speed. */
const warmUp = 3;
const timed = 16;

/** One question to the model: the next token, by the cache where it holds all but the last token. */
function ask(
  lab: LabActions,
  tokens: readonly number[],
  u: number,
  kind: "read" | "fill" | "step",
) {
  const t = tokens.length - 1;
  const names = ["y_next", "p", "kept"];
  if (kind === "step") return lab.ask({ token: [tokens[t] as number], t, u: [u] }, names, carry);
  return lab.ask({ ...inputOf(tokens, t), u: [u] }, names, kind === "fill" ? carry : {});
}

const turn = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

interface Run {
  isStopped: boolean;
}

/** Lets the model write, token by token, into the lab's setting `written`. */
export function useWriting({
  frame,
  lab,
  caches,
}: Pick<FigureProps, "frame" | "lab"> & { readonly caches: boolean }): Writing {
  const { config } = frame;
  const read = readIn(config);
  const [live, setLive] = useState<{ tokens: readonly number[]; said: Said | null } | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [speed, setSpeed] = useState<Speed>({ cached: null, reread: null });
  const [note, setNote] = useState("");
  const run = useRef<Run | null>(null);
  const newest = useRef({ frame, caches });
  newest.current = { frame, caches };

  const stop = useCallback(() => {
    if (run.current) run.current.isStopped = true;
  }, []);
  useEffect(() => stop, [stop]);
  // What was begun anew is not to be gone on with.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to stop
  useEffect(() => stop, [stop, config.prompt, config.text, config.tokens, frame.seed]);
  const isTaken =
    live !== null && !isWriting && tokensText(live.tokens) === tokensText(read.tokens);
  useEffect(() => {
    if (isTaken) setLive(null);
  }, [isTaken]);

  const write = async (howMuch: "one" | "line") => {
    const mine: Run = { isStopped: false };
    stop();
    run.current = mine;
    setWriting(true);
    setNote("");
    const { coder } = tokensIn(config);
    let tokens = readIn(newest.current.frame.config).tokens;
    const { begun } = readIn(newest.current.frame.config);
    let isFilled = false;
    let asked = 0;
    try {
      while (!mine.isStopped && tokens.length < wholeLength) {
        const now = newest.current;
        // A model that learns meanwhile has outgrown its cache.
        const remembers = now.caches && !now.frame.playing;
        const u = drawOf(Number(now.frame.config.draw), tokens.length);
        const began = performance.now();
        const kind = !remembers ? "read" : isFilled ? "step" : "fill";
        const said = await ask(lab, tokens, u, kind);
        const took = performance.now() - began;
        isFilled = remembers;
        asked += 1;
        const how = kind === "step" ? "cached" : "reread";
        if (asked > warmUp + 1 && kind !== "fill") {
          setSpeed((before) => ({ ...before, [how]: mixed(before[how], took) }));
        }
        const token = said.y_next?.data[0];
        if (mine.isStopped || token === undefined) break;
        tokens = [...tokens, token];
        setLive({ tokens, said: { p: said.p, kept: said.kept, u } });
        if (howMuch === "one" || coder.letters(token).includes(lineEnd)) break;
        await turn();
      }
      if (tokens.length >= wholeLength) setNote(`All ${wholeLength} places are taken.`);
      await lab.configure({ written: tokensText(tokens.slice(begun)), place: 0 });
    } catch {
      // The lab has said why.
      setLive(null);
    } finally {
      if (run.current === mine) {
        run.current = null;
        setWriting(false);
      }
    }
  };

  const time = async () => {
    stop();
    const mine: Run = { isStopped: false };
    run.current = mine;
    setWriting(true);
    try {
      const tokens = [...read.tokens, ...Array(wholeLength).fill(0)].slice(0, wholeLength);
      for (const how of ["reread", "cached"] as const) {
        const took: number[] = [];
        for (let i = 0; i < warmUp + timed && !mine.isStopped; i++) {
          const text = tokens.slice(0, wholeLength - warmUp - timed + i);
          const began = performance.now();
          await ask(lab, text, 0, how === "reread" ? "read" : i === 0 ? "fill" : "step");
          if (i >= warmUp) took.push(performance.now() - began);
        }
        if (!mine.isStopped) setSpeed((before) => ({ ...before, [how]: median(took) }));
      }
    } catch {
      // The lab has said why.
    } finally {
      if (run.current === mine) {
        run.current = null;
        setWriting(false);
      }
    }
  };

  const shown = live && !isTaken ? live.tokens : read.tokens;
  return {
    tokens: shown,
    begun: read.begun,
    isWriting,
    said: live?.said ?? null,
    speed,
    note,
    write: (howMuch) => void write(howMuch),
    stop,
    time: () => void time(),
  };
}

/** The byte of a line break, in the letters of bytes. */
const lineEnd = "Ċ";

function mixed(before: number | null, now: number): number {
  return before === null ? now : 0.8 * before + 0.2 * now;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
