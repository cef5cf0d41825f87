import { useState } from "react";
import { countText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { longestText } from "../tokensData.ts";

/** What is learned from: the book's tale, or what the reader pastes. */
export function OwnTokens({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const text = String(frame.config.text);
  const [draft, setDraft] = useState<string | null>(null);
  const own = draft ?? text;
  const isLong = own.length > longestText;
  const learn = (next: string) =>
    lab.configure({ text: next }).then(
      () => setDraft(null),
      () => {},
    );
  return (
    <details className="tokens-more">
      <summary>Learn from a text of your own</summary>
      {!isStill && (
        <>
          <label>
            Any text, in any script (empty: the tale of the fox)
            <textarea
              rows={5}
              value={own}
              spellCheck={false}
              onKeyDown={(event) => event.stopPropagation()}
              onChange={(event) => setDraft(event.target.value)}
            />
          </label>
          <p className="lab-buttons">
            <button
              type="button"
              disabled={draft === null || draft === text || isLong}
              onClick={() => learn(own)}
            >
              Learn this text
            </button>
            <button
              type="button"
              disabled={text === "" && draft === null}
              onClick={() => learn("")}
            >
              Back to the tale
            </button>
            <span role="status">
              {isLong
                ? `${countText(own.length)} characters: it takes at most ${countText(longestText)}.`
                : ""}
            </span>
          </p>
        </>
      )}
    </details>
  );
}
