import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { sequentialCss } from "../../../src/viz/colour.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { attentionAt, ownTokenName } from "../ownLab.ts";
import { asTokens, placeRead, tokensRead, windowOf } from "../ownTokens.ts";
import { vocabularyIn } from "../ownVocabulary.ts";
import type { OwnWriting } from "./useOwnWriting.ts";

/** So many tokens the button writes. */
const many = 40;

interface OwnTextProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly text: string;
  readonly writing: OwnWriting;
  /** The heads’ attention, and which head’s is laid over the text. */
  readonly A: NDArray | undefined;
  readonly head: readonly [layer: number, head: number];
}

/** What the model reads, token by token, and the pen. */
export function OwnText({ frame, lab, text, writing, A, head }: OwnTextProps) {
  const isStill = useStillness();
  const { config } = frame;
  const vocabulary = vocabularyIn(config);
  const isWriting = writing.tokens !== null;
  const tokens = writing.tokens ?? tokensRead(config);
  const place = placeRead(config);
  const isFull = tokens.length >= windowOf(config);
  return (
    <section className="own-text" aria-label="What the model reads">
      {vocabulary && (
        <LiveTextField
          label="Text"
          value={text}
          longest={600}
          onChange={(typed, gesture) =>
            lab.configure({ tokens: asTokens(typed, vocabulary), place: 0 }, gesture)
          }
        />
      )}
      <p className="own-tokens">
        {tokens.map((token, j) => {
          const share =
            A && !isWriting && j <= place ? attentionAt(A, [...head, place, j]) : Number.NaN;
          const style = { "--cell": sequentialCss(share, 1) } as CSSProperties;
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
              key={j}
              type="button"
              disabled={isStill || isWriting}
              aria-pressed={j === place && !isWriting}
              style={isStill || !(share > 0) ? undefined : style}
              title={share > 0 ? `${numberText(100 * share, 2)} % of the attention` : undefined}
              onClick={() => lab.configure({ place: j + 1 })}
            >
              {ownTokenName(config, token)}
            </button>
          );
        })}
      </p>
      <p className="own-pen lab-buttons">
        <button
          type="button"
          disabled={isStill || isWriting || isFull}
          onClick={() => writing.write(1)}
        >
          One token
        </button>
        <button
          type="button"
          disabled={isStill || (isFull && !isWriting)}
          onClick={() => (isWriting ? writing.stop() : writing.write(many))}
        >
          {isWriting ? "Stop" : `Write ${many}`}
        </button>
        <span className="control">
          <span className="control-label" aria-hidden="true">
            Draw
          </span>
          <NumberField
            label="Draw: another one writes another text"
            value={Number(config.draw)}
            min={1}
            max={9999}
            integer
            digits={4}
            onChange={(draw, gesture) => lab.configure({ draw }, gesture)}
          />
        </span>
        <span className="own-note" role="status">
          {isFull
            ? `${tokens.length} tokens: the window is full.`
            : Number.isFinite(writing.speed) && `${numberText(writing.speed, 2)} tokens a second`}
        </span>
      </p>
    </section>
  );
}
