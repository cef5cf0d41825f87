import { useId } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { longest, none, readableWords, vocabulary, wordsOf } from "../sentences.ts";

interface SentenceFieldProps extends Pick<FigureProps, "lab"> {
  readonly sentence: string;
}

/** What the lab reads: typed, or put together from the words that it knows. */
export function SentenceField({ sentence, lab }: SentenceFieldProps) {
  const isStill = useStillness();
  const noteId = useId();
  const typed = wordsOf(sentence);
  const known = typed.filter(({ number }) => number !== none);
  const set = (text: string) => {
    const words = readableWords(text);
    lab.configure({ sentence: text, place: words.length });
  };
  return (
    <div className="unroll-sentence">
      <label className="control">
        <span className="control-label">Sentence</span>
        <input
          key={sentence}
          type="text"
          className="lab-text-field"
          defaultValue={sentence}
          maxLength={120}
          disabled={isStill}
          spellCheck={false}
          aria-describedby={noteId}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Enter") event.currentTarget.blur();
          }}
          onBlur={(event) => {
            if (event.target.value !== sentence) set(event.target.value);
          }}
        />
      </label>
      <fieldset className="unroll-words" disabled={isStill}>
        <legend>Add a word</legend>
        {vocabulary.map((word) => (
          <button
            key={word}
            type="button"
            disabled={isStill || known.length >= longest}
            onClick={() => set(`${sentence.trim()} ${word}`.trim())}
          >
            {word}
          </button>
        ))}
      </fieldset>
      <p id={noteId} className="unroll-note" role="status">
        {noteOn(
          typed.filter(({ number }) => number === none).map(({ word }) => word),
          known.length,
        )}
      </p>
    </div>
  );
}

/** What could not be read as it was typed, and why. */
function noteOn(unknown: readonly string[], known: number): string {
  if (unknown.length > 0) {
    const words = [...new Set(unknown)].map((word) => `“${word.slice(0, 20)}”`).join(", ");
    const rest = known === 0 ? "so it reads “the”" : "so it reads the rest";
    return `It has no row of E for ${words}, ${rest}. The words beside are all that it knows.`;
  }
  if (known === 0) return "There is no word to read, so it reads “the”.";
  return known > longest ? `It reads the first ${longest} words.` : "";
}
