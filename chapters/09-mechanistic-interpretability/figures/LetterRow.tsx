import type { CSSProperties, KeyboardEvent } from "react";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { letterOf } from "../repeats.ts";

interface LetterRowProps {
  readonly label: string;
  readonly tokens: readonly number[];
  readonly chosen: number;
  readonly onChoose: (place: number) => unknown;
  /** What is drawn below each letter: a bar from 0 to 1. */
  readonly shares?: readonly number[];
}

/** Letters in a row, one of them chosen; arrow keys go from one to the next. */
export function LetterRow({ label, tokens, chosen, onChoose, shares }: LetterRowProps) {
  const isStill = useStillness();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = chosen + (by ?? 0);
    if (by === undefined || next < 0 || next >= tokens.length) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  return (
    <fieldset className="letter-row" disabled={isStill} onKeyDown={onKeyDown}>
      <legend>{label}</legend>
      {tokens.map((token, t) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
          key={t}
          type="button"
          tabIndex={t === chosen ? 0 : -1}
          aria-pressed={t === chosen}
          {...(shares && {
            "aria-label": `${letterOf(token)}, place ${t + 1}: ${Math.round(100 * (shares[t] ?? 0))} %`,
            style: { "--share": shares[t] ?? 0 } as CSSProperties,
          })}
          onClick={() => onChoose(t)}
        >
          {letterOf(token)}
        </button>
      ))}
    </fieldset>
  );
}
