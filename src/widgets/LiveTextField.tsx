import { useRef } from "react";
import { newGesture, useDraft, useFrameWrite, type Write } from "./gesture.ts";
import { useStillness } from "./stillness.ts";

export interface LiveTextFieldProps {
  readonly label: string;
  readonly value: string;
  /** The most characters that it takes. */
  readonly longest: number;
  /** Called while the reader types, at most once a frame; until the field is left it is one gesture. */
  readonly onChange: Write<string>;
  readonly describedBy?: string | undefined;
}

/** A line of text that a lab follows as it is typed. Keys typed into it do not drive the lab. */
export function LiveTextField({ label, value, longest, onChange, ...props }: LiveTextFieldProps) {
  const isStill = useStillness();
  const { shown, hold, letGo } = useDraft(value, Object.is);
  const gesture = useRef("");
  const { write, flush } = useFrameWrite(onChange);
  return (
    <label className="control live-text">
      <span className="control-label">{label}</span>
      <input
        type="text"
        className="lab-text-field"
        value={shown}
        maxLength={longest}
        disabled={isStill}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={props.describedBy}
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
  );
}
