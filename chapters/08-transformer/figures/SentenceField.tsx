import type { Write } from "../../../src/widgets/gesture.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";

interface SentenceFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: Write<string>;
  /** What is to be said of it. */
  readonly note: string;
  readonly longest?: number;
}

/** A line of text that the reader types, and what the lab makes of it. */
export function SentenceField({ label, text, onText, note, longest = 120 }: SentenceFieldProps) {
  return (
    <div className="sentence-field">
      <LiveTextField label={label} value={text} longest={longest} onChange={onText} />
      <p className="figure-note" role="status">
        {note}
      </p>
    </div>
  );
}
