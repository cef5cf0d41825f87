import type { KeyboardEvent } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { percentText } from "./headNumbers.ts";

interface HeadLinesProps {
  readonly words: readonly string[];
  /** `[T, T]`: each row sums to 1. */
  readonly pattern: NDArray;
  /** The word that is looked from. */
  readonly place: number;
  readonly title: string;
  /** A word that is pointed at for the moment; null when none is. */
  readonly onPoint: (place: number | null) => void;
  readonly onChoose: (place: number) => unknown;
}

/** Lines thinner than this share are not drawn. */
const least = 0.03;

/** One head on the words: from those that look, on the left, to those looked at. */
export function HeadLines({ words, pattern, place, title, onPoint, onChoose }: HeadLinesProps) {
  const isStill = useStillness();
  const T = words.length;
  const share = (i: number, j: number) => entry(pattern, i * T + j);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const next = place + (by ?? 0);
    if (by === undefined || next < 0 || next >= T) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  return (
    <section className="heads-lines" aria-label={`${title}: which word looks at which`}>
      <h3>{title}: who looks at whom</h3>
      <div className="heads-lines-body">
        <fieldset disabled={isStill} onKeyDown={onKeyDown} onPointerLeave={() => onPoint(null)}>
          <legend className="sr-only">The word that looks</legend>
          {words.map((word, i) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
              key={i}
              type="button"
              tabIndex={i === place ? 0 : -1}
              aria-pressed={i === place}
              onPointerEnter={(event) => event.pointerType === "mouse" && onPoint(i)}
              onClick={() => onChoose(i)}
            >
              {word}
            </button>
          ))}
        </fieldset>
        <svg viewBox={`0 0 4 ${T}`} preserveAspectRatio="none" aria-hidden="true">
          {words.flatMap((_, i) =>
            words.map((_, j) => {
              const isFrom = i === place;
              if (share(i, j) < least || (isStill && !isFrom)) return null;
              return (
                <line
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its two places
                  key={`${i} ${j}`}
                  x1={0}
                  y1={i + 0.5}
                  x2={4}
                  y2={j + 0.5}
                  data-from={isFrom || undefined}
                  strokeOpacity={isFrom ? Math.max(0.15, share(i, j)) : 0.18 * share(i, j)}
                  strokeWidth={isFrom ? 1 + 5 * share(i, j) : 1}
                />
              );
            }),
          )}
        </svg>
        <ol>
          {words.map((word, j) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
              key={j}
              data-seen={share(place, j) >= 0.2 || undefined}
            >
              <span>{word}</span>
              <span>{percentText(share(place, j))}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
