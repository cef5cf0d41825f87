import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { passingOf, sharesThrough } from "../attentionLab.ts";

interface ThroughProps extends Pick<FigureProps, "frame"> {
  readonly words: readonly string[];
}

/** The most of a gradient that a softmax can let through: half of it, between two equal shares. */
const most = 0.5;

/** How much of the gradient at A comes through the softmax to S, a bar for each word. */
export function Through({ frame, words }: ThroughProps) {
  const passing = passingOf(frame, words.length);
  const shares = sharesThrough(passing ?? []);
  return (
    <section className="attention-through" aria-label="The gradient that comes through the softmax">
      <h3>The gradient that comes through</h3>
      <ul>
        {words.map((word, i) => {
          const own = shares[i] ?? Number.NaN;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
            <li key={i}>
              <span>{word}</span>
              <span
                className="attention-bar"
                style={{ inlineSize: `${(100 * Math.min(own || 0, most)) / most}%` }}
              />
              <span>{percent(own)}</span>
            </li>
          );
        })}
      </ul>
      <p className="figure-note">
        Of ∂L/∂A, for an L that pulls at all of Z, so much is left in ∂L/∂S. A full bar is{" "}
        {percent(most)}.
      </p>
    </section>
  );
}

const percent = (share: number): string =>
  Number.isFinite(share) ? `${numberText(100 * share, 2)} %` : "–";
