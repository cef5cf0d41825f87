import type { CSSProperties } from "react";
import { mostOf } from "../lensLab.ts";
import { nameOf } from "../lensText.ts";
import { percentText } from "./LetterBars.tsx";

interface TokenBarsProps {
  readonly title: string;
  /** `[V]`. */
  readonly shares: Float32Array;
  /** The token that came in the text. */
  readonly came: number | undefined;
}

const shown = 8;

/** The likeliest tokens at one stage and place. */
export function TokenBars({ title, shares, came }: TokenBarsProps) {
  return (
    <section className="token-bars">
      <h3>{title}</h3>
      <ol>
        {mostOf(shares, shown).map((token) => (
          <li key={token} data-came={token === came || undefined}>
            <span>{nameOf(token)}</span>
            <span className="token-bar" style={{ "--p": shares[token] ?? 0 } as CSSProperties} />
            <span>{percentText(shares[token])}</span>
          </li>
        ))}
      </ol>
      <p className="figure-note">
        {came !== undefined && `In the text, “${nameOf(came)}” follows.`}
      </p>
    </section>
  );
}
