import { useRef } from "react";
import { newGesture, useDraft, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";

interface SentenceFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string, gesture: string) => unknown;
  /** What is to be said of it. */
  readonly note: string;
  readonly longest?: number;
}

/** A line of text that the reader types, and what the lab makes of it. */
export function SentenceField({ label, text, onText, note, longest = 120 }: SentenceFieldProps) {
  const isStill = useStillness();
  const { shown, hold, letGo } = useDraft(text, Object.is);
  const gesture = useRef("");
  const { write, flush } = useFrameWrite<string>(onText);
  return (
    <div className="sentence-field">
      <label className="control">
        <span className="control-label">{label}</span>
        <input
          type="text"
          className="lab-text-field"
          value={shown}
          maxLength={longest}
          disabled={isStill}
          spellCheck={false}
          autoComplete="off"
          onFocus={() => {
            gesture.current = newGesture();
          }}
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => {
            hold(event.target.value);
            write(event.target.value, gesture.current);
          }}
          onBlur={() => letGo(flush())}
        />
      </label>
      <p className="figure-note" role="status">
        {note}
      </p>
    </div>
  );
}
