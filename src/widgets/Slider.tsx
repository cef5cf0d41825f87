import { useRef } from "react";
import { numberText } from "../viz/numberText.ts";
import { newGesture, sameNumber, useDraft, useFrameWrite, type Write } from "./gesture.ts";
import { stillInput, useStillness } from "./stillness.ts";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  /** Called at most once a frame; all calls of one drag carry the same gesture. */
  readonly onChange: Write<number>;
  /** The value in words; default: the number. */
  readonly valueText?: ((value: number) => string) | undefined;
  /** Hides the label and the number from sight, not from screen readers. */
  readonly bare?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly sym?: string | undefined;
}

/** The native slider, with its label and its number. */
export function Slider(props: SliderProps) {
  const { label, min, max, step = (max - min) / 100, bare = false, valueText = numberText } = props;
  const isStill = useStillness();
  const { shown, hold, letGo } = useDraft(props.value, sameNumber);
  const { write, flush } = useFrameWrite(props.onChange);
  const gesture = useRef<string | null>(null);
  const release = (): void => {
    gesture.current = null;
    letGo(flush());
  };
  return (
    <label className="control slider" data-sym={props.sym}>
      <span className={bare ? "sr-only" : "control-label"}>{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        disabled={props.disabled}
        {...(isStill ? stillInput : {})}
        aria-valuetext={valueText(shown)}
        onPointerDown={() => {
          gesture.current = newGesture();
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onBlur={release}
        onChange={(event) => {
          const next = Number(event.target.value);
          hold(next);
          write(next, gesture.current ?? newGesture());
          if (gesture.current === null) letGo();
        }}
      />
      {!bare && <span className="slider-value">{valueText(shown)}</span>}
    </label>
  );
}
