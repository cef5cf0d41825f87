import type { CSSProperties } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import { letterOf } from "../repeats.ts";

interface LetterBarsProps {
  readonly title: string;
  /** Probabilities of all letters; none before the model has read. */
  readonly p: ArrayLike<number>;
  /** The letters that stand first; the likeliest others follow. */
  readonly first?: readonly number[];
  readonly isMarked?: boolean;
}

const shown = 3;

/** What the model says comes next: its likeliest letters. */
export function LetterBars({ title, p, first = [], isMarked = false }: LetterBarsProps) {
  const others = Array.from(p, (_, letter) => letter)
    .filter((letter) => !first.includes(letter))
    .sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0));
  const letters = [...new Set(first), ...others].slice(0, shown);
  return (
    <section className="letter-bars" data-marked={isMarked || undefined}>
      <h3>{title}</h3>
      <ul>
        {letters.map((letter) => (
          <li key={letter}>
            <span>{letterOf(letter)}</span>
            <span className="letter-bar" style={{ "--p": p[letter] ?? 0 } as CSSProperties} />
            <span>{percentText(p[letter])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A probability in per cent; what is next to nothing is not told to the digit. */
export function percentText(share: number | undefined): string {
  if (share !== undefined && share < 0.001) return "< 0.1 %";
  return `${numberText(100 * (share ?? Number.NaN), 3)} %`;
}
