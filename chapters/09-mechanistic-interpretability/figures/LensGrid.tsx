import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { mostOf, sharesIn } from "../lensLab.ts";
import { nameOf, stages } from "../lensText.ts";

interface Cell {
  /** Both from 0. */
  readonly stage: number;
  readonly place: number;
}

interface LensGridProps {
  readonly tokens: readonly number[];
  readonly lens_p: NDArray | undefined;
  readonly chosen: Cell;
  readonly onChoose: (cell: Cell) => unknown;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The likeliest token at every stage and place, the darker the likelier. */
export function LensGrid({ tokens, lens_p, chosen, onChoose }: LensGridProps) {
  const isStill = useStillness();
  const scroller = useRef<HTMLDivElement>(null);
  const count = tokens.length;
  const isAtEnd = chosen.place === count - 1;
  // What comes next is at the end of the text, which may be out of sight.
  useLayoutEffect(() => {
    if (isAtEnd && count > 0) scroller.current?.scrollTo({ left: scroller.current.scrollWidth });
  }, [isAtEnd, count]);

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const [down, right] = arrows[event.key] ?? [0, 0];
    if ((down === 0 && right === 0) || event.ctrlKey || event.metaKey) return;
    const stage = Math.min(stages.length - 1, Math.max(0, chosen.stage + down));
    const place = Math.min(count - 1, Math.max(0, chosen.place + right));
    onChoose({ stage, place });
    const cells = event.currentTarget.querySelectorAll<HTMLElement>("tbody button");
    cells[stage * count + place]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div>
      <div className="lens-scroll" ref={scroller}>
        <table
          className="lens-grid"
          aria-label="What the stream says comes next, by stage and token"
          data-sym="lens"
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">after</th>
              {tokens.map((token, t) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
                <th key={t} scope="col">
                  {nameOf(token)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map(({ label }, stage) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {tokens.map((token, place) => {
                  const shares = sharesIn(lens_p, stage, place);
                  const [best = 0] = mostOf(shares, 1);
                  const share = shares[best] ?? 0;
                  const isChosen = stage === chosen.stage && place === chosen.place;
                  return (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
                      key={place}
                      className="viz-cell"
                      data-chosen={isChosen || undefined}
                      style={{ "--p": Math.round(100 * share) } as CSSProperties}
                    >
                      <button
                        type="button"
                        disabled={isStill}
                        tabIndex={isChosen ? 0 : -1}
                        aria-pressed={isChosen}
                        aria-label={`${label}, after “${nameOf(token)}”: “${nameOf(best)}”, ${numberText(100 * share, 2)} %`}
                        onClick={() => onChoose({ stage, place })}
                      >
                        {nameOf(best)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="figure-note">
        Top: the text. Below each token: what the stream says comes after it, before the first block
        and after each half of each. The stronger the shade, the surer. Last row: what the model
        says.
      </p>
    </div>
  );
}
