import { useState } from "react";
import { countText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { longestText, shortestText, tokensIn, wholeLength } from "../gptData.ts";

type GptOwnTextProps = Pick<FigureProps, "frame" | "lab">;

/** What the model learns from: the book's stories, or what the reader pastes. */
export function GptOwnText({ frame, lab }: GptOwnTextProps) {
  const isStill = useStillness();
  const { config } = frame;
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? String(config.text);
  const trouble = draft === null ? null : troubleWith(draft);
  const isIdle = isStill || draft === null || trouble !== null;
  const learn = (tokens: "own" | "stories") => {
    if (draft === null) return;
    const change = { text: draft, tokens, written: "", place: 0, prompt: beginningOf(draft) };
    lab
      .configure(change)
      .then(() => (tokens === "own" ? lab.reset() : undefined))
      .then(
        () => setDraft(null),
        () => {},
      );
  };
  return (
    <details className="gpt-own">
      <summary>Train it on your own text</summary>
      {!isStill && (
        <>
          <p className="figure-note">{summaryOf(frame)}</p>
          <label>
            Your text (a few pages of anything)
            <textarea
              rows={5}
              value={text}
              spellCheck={false}
              onKeyDown={(event) => event.stopPropagation()}
              onChange={(event) => setDraft(event.target.value)}
            />
          </label>
          <p className="lab-buttons">
            <button type="button" disabled={isIdle} onClick={() => learn("own")}>
              Begin from nothing, with tokens of this text
            </button>
            <button type="button" disabled={isIdle} onClick={() => learn("stories")}>
              Go on from what it knows
            </button>
            <button
              type="button"
              disabled={isStill || (config.text === "" && draft === null)}
              onClick={() => {
                setDraft(null);
                void lab.configure({ text: "", tokens: "stories", written: "", place: 0 });
              }}
            >
              Back to the stories
            </button>
            <span role="status">{trouble}</span>
          </p>
        </>
      )}
    </details>
  );
}

/** The first words of a text, to begin with. */
function beginningOf(text: string): string {
  return text.trim().split(/\s+/).slice(0, 6).join(" ").slice(0, 60);
}

/** Why a text cannot be learnt from; null where it can. */
function troubleWith(text: string): string | null {
  const { length } = text;
  if (length < shortestText) {
    return `${countText(length)} characters: it needs at least ${countText(shortestText)}.`;
  }
  if (length > longestText) {
    return `${countText(length)} characters: it takes at most ${countText(longestText)}.`;
  }
  return null;
}

function summaryOf({ config, data }: FigureProps["frame"]): string {
  const V = tokensIn(config).pairs.tokens.length;
  const whose =
    config.text === "" ? "The stories, made by a grammar of the book’s own," : "Your text";
  const windows = countText(data.x?.shape[0] ?? 0);
  return `${whose} ${config.text === "" ? "are" : "is"} read in ${windows} windows of ${wholeLength} tokens, of ${V} different ones. Then press Train.`;
}
