import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { sharesAt } from "./shares.ts";

export interface GptTextProps {
  readonly tokens: readonly number[];
  /** How many of them the reader gave. */
  readonly begun: number;
  readonly nameOf: (token: number) => string;
  readonly place: number;
  /** What the model says after each, `[1, T, V]`. */
  readonly logits: NDArray | undefined;
  readonly onChoose: (place: number) => unknown;
}

/** The text in its tokens; under each a bar as long as the probability that it had. */
export function GptText({ tokens, begun, nameOf, place, logits, onChoose }: GptTextProps) {
  const isStill = useStillness();
  return (
    <div className="gpt-text">
      <ol aria-label="The text, token by token">
        {tokens.map((token, i) => {
          const p = i > 0 ? sharesAt(logits, i - 1)?.[token] : undefined;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
            <li key={i}>
              <button
                type="button"
                disabled={isStill}
                aria-pressed={i === place}
                data-written={i >= begun || undefined}
                style={{ "--p": Math.round(1000 * (p ?? 0)) / 1000 } as CSSProperties}
                title={p === undefined ? undefined : `It had ${numberText(100 * p, 3)} %.`}
                onClick={() => onChoose(i)}
              >
                {nameOf(token)}
              </button>
            </li>
          );
        })}
      </ol>
      <p className="figure-note">
        The bar under a token: how likely the model held it, from what stands before. Underlined:
        written by the model.
      </p>
    </div>
  );
}
