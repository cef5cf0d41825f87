import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { percentText, sharesAt } from "./shares.ts";
import { mostOf } from "./tokenPath.ts";

export interface EveryPlaceProps {
  readonly tokens: readonly number[];
  readonly nameOf: (token: number) => string;
  readonly place: number;
  readonly logits: NDArray | undefined;
  readonly onChoose: (place: number) => unknown;
}

const shown = 4;

/** What the model expected after every token of the text, and what came. */
export function EveryPlace({ tokens, nameOf, place, logits, onChoose }: EveryPlaceProps) {
  return (
    <div className="gpt-places">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the row scrolls, by the keyboard too */}
      <ol tabIndex={0} aria-label="After every token, what the model expects">
        {tokens.map((token, i) => {
          const shares = sharesAt(logits, i);
          const next = tokens[i + 1];
          const best = shares ? mostOf(shares, shown) : [];
          const hit = next !== undefined ? best.indexOf(next) : -1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
            <li key={i} data-chosen={i === place || undefined}>
              <button type="button" onClick={() => onChoose(i)}>
                {nameOf(token)}
              </button>
              <ul>
                {best.map((expected, rank) => (
                  <li
                    key={expected}
                    data-came={rank === hit || undefined}
                    style={{ "--p": shares?.[expected] ?? 0 } as CSSProperties}
                  >
                    <span>{nameOf(expected)}</span>
                    <span>{percentText(shares?.[expected] ?? 0)}</span>
                  </li>
                ))}
              </ul>
              <small>
                {next !== undefined &&
                  hit < 0 &&
                  `came: ${nameOf(next)}, ${percentText(shares?.[next] ?? 0)}`}
              </small>
            </li>
          );
        })}
      </ol>
      <p className="figure-note">
        One column a token: the {shown} that the model holds for likeliest after it. Framed: what
        came indeed.
      </p>
    </div>
  );
}
