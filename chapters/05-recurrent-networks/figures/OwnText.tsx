import { useState } from "react";
import { countText, numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { longestText, mostCharacters, shortestText } from "../charactersData.ts";
import { corpusIn } from "../charactersLab.ts";
import { characterName } from "./NextCharacters.tsx";

type OwnTextProps = Pick<FigureProps, "frame" | "lab">;

/** What the model learns from and looks at: the book's tale, or what the reader pastes. */
export function OwnText({ frame, lab }: OwnTextProps) {
  const isStill = useStillness();
  const { text, lens } = frame.config;
  const [draft, setDraft] = useState<string | null>(null);
  const [lines, setLines] = useState<string | null>(null);
  const trouble = draft === null ? null : troubleWith(draft);
  const own = draft ?? String(text);
  return (
    <details className="characters-own">
      <summary>Your own text, your own lines</summary>
      <p className="figure-note">{summaryOf(frame)}</p>
      <label>
        Text to learn from (empty: the tale of the fox)
        <textarea
          rows={5}
          value={own}
          disabled={isStill}
          spellCheck={false}
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <p className="lab-buttons">
        <button
          type="button"
          disabled={isStill || draft === null || trouble !== null || draft === text}
          onClick={() => {
            if (draft === null) return;
            lab.configure({ text: draft }).then(
              () => setDraft(null),
              () => {},
            );
          }}
        >
          Learn this text
        </button>
        <button
          type="button"
          disabled={isStill || (text === "" && draft === null)}
          onClick={() => {
            setDraft(null);
            void lab.configure({ text: "" });
          }}
        >
          Back to the tale
        </button>
        <span role="status">{trouble}</span>
      </p>
      <label>
        Lines to look at (empty: a part of the text that is not learnt from)
        <textarea
          rows={3}
          maxLength={400}
          value={lines ?? String(lens)}
          disabled={isStill}
          spellCheck={false}
          onChange={(event) => setLines(event.target.value)}
          onBlur={() => {
            if (lines === null) return;
            lab.configure({ lens: lines }).then(
              () => setLines(null),
              () => {},
            );
          }}
        />
      </label>
    </details>
  );
}

/** Why a text cannot be learnt from; null where it can. */
function troubleWith(text: string): string | null {
  const { length } = text;
  if (text !== "" && length < shortestText) {
    return `${length} characters: it needs at least ${shortestText}.`;
  }
  if (length > longestText) {
    return `${countText(length)} characters: it takes at most ${countText(longestText)}.`;
  }
  return null;
}

function summaryOf({ config, data }: FigureProps["frame"]): string {
  const { alphabet, length } = corpusIn(config);
  const { characters, left } = alphabet;
  const whose = config.text === "" ? "The tale" : "Your text";
  const gone =
    left.kinds === 0
      ? ""
      : ` It keeps the ${mostCharacters - 1} most frequent; ${left.kinds} rarer ones, ${numberText((100 * left.times) / length)} % of the text, all stand as ${characters.at(-1)}.`;
  const names = characters.map(characterName).join(" ");
  return `${whose} has ${countText(length)} characters, cut into ${countText(data.x?.shape[0] ?? 0)} windows that overlap by half; its last tenth is kept apart. It knows ${characters.length} characters: ${names}.${gone}`;
}
