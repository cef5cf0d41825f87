import type { KeyboardEvent } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { isIn, saysAfter } from "../inductionLab.ts";
import { headsOf, patternOf } from "../inductionNumbers.ts";
import type { Twin } from "../inductionTask.ts";
import { letterOf } from "../repeats.ts";

interface LetterFlowProps extends Pick<FigureProps, "frame"> {
  readonly tokens: readonly number[];
  /** The place that looks. */
  readonly place: number;
  readonly onPoint: (place: number | null) => void;
  readonly onChoose: (place: number) => unknown;
}

/** Lines thinner than this share of all attention are not drawn. */
const least = 0.04;

/**
 * The letters below, the stream after each layer above them: from the chosen place where layer 2 looks, and
 * from there where layer 1 looked before. Each guess stands over the letter after which it is made.
 */
export function LetterFlow({ frame, tokens, place, onPoint, onChoose }: LetterFlowProps) {
  const isStill = useStillness();
  const n = tokens.length;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = place + (by ?? 0);
    if (by === undefined || next < 0 || next >= n) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  const columns = { gridTemplateColumns: `repeat(${n}, minmax(0, 1fr))` };
  return (
    <div className="induction-flow">
      <p>two layers say next</p>
      <Guesses frame={frame} twin="two" tokens={tokens} place={place} />
      <div className="induction-lines">
        <span>layer 2</span>
        <span>layer 1</span>
        <svg viewBox={`0 0 ${n} 2`} preserveAspectRatio="none" aria-hidden="true">
          {linesOf(frame, n, place).map(({ from, to, level, share }) => (
            <line
              key={`${level} ${from} ${to}`}
              x1={from + 0.5}
              y1={level}
              x2={to + 0.5}
              y2={level + 1}
              strokeWidth={1 + 5 * share}
              strokeOpacity={0.25 + 0.75 * share}
            />
          ))}
        </svg>
      </div>
      <fieldset
        className="induction-row"
        style={columns}
        disabled={isStill}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onPoint(null)}
      >
        <legend className="sr-only">The letter that looks</legend>
        {tokens.map((token, i) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
            key={i}
            type="button"
            tabIndex={i === place ? 0 : -1}
            aria-pressed={i === place}
            onPointerEnter={(event) => event.pointerType === "mouse" && onPoint(i)}
            onClick={() => onChoose(i)}
          >
            {letterOf(token)}
          </button>
        ))}
      </fieldset>
      <Guesses frame={frame} twin="one" tokens={tokens} place={place} />
      <p>one layer says next</p>
    </div>
  );
}

interface GuessesProps extends Pick<FigureProps, "frame"> {
  readonly twin: Twin;
  readonly tokens: readonly number[];
  readonly place: number;
}

/** The likeliest next letter at each place, the bolder the surer; underlined where it is the one that follows. */
function Guesses({ frame, twin, tokens, place }: GuessesProps) {
  const columns = { gridTemplateColumns: `repeat(${tokens.length}, minmax(0, 1fr))` };
  return (
    <div className="induction-row" style={columns} aria-hidden="true">
      {tokens.map((_, i) => {
        const p = saysAfter(frame, twin, i);
        const most = Math.max(...p);
        const guess = p.indexOf(most);
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
            key={i}
            data-right={guess === tokens[i + 1] || undefined}
            data-chosen={i === place || undefined}
            style={{ opacity: 0.62 + 0.38 * (Number.isFinite(most) ? most : 0) }}
          >
            {guess >= 0 ? letterOf(guess) : ""}
          </span>
        );
      })}
    </div>
  );
}

interface Line {
  readonly level: 0 | 1;
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** Layer 2's attention from `place`, and layer 1's from where that went, as shares of all of it. */
function linesOf(frame: Pick<FigureProps, "frame">["frame"], n: number, place: number): Line[] {
  const A = frame.values["two.blocks.*.attn.A"];
  if (A?.shape.at(-1) !== n) return [];
  const shareOf = (layer: number) => {
    const own = headsOf.two.filter((one) => one.layer === layer && isIn(frame, one));
    const patterns = own.map((one): NDArray => patternOf(A, one));
    return (i: number, j: number) =>
      patterns.reduce((sum, one) => sum + entry(one, i * n + j), 0) / Math.max(1, own.length);
  };
  const [first, second] = [shareOf(1), shareOf(2)];
  const places = Array.from({ length: place + 1 }, (_, j) => j);
  return places.flatMap((j): Line[] => {
    const share = second(place, j);
    if (share < least) return [];
    const below = places
      .map((k): Line => ({ level: 1, from: j, to: k, share: share * first(j, k) }))
      .filter((line) => line.share >= least);
    return [{ level: 0, from: place, to: j, share }, ...below];
  });
}
