import { Slider } from "./Slider.tsx";
import { useStillness } from "./stillness.ts";

interface WalkProps {
  /** From 0 to `last`. */
  readonly place: number;
  readonly last: number;
  /** Places of which each has a button of its own. */
  readonly landmarks: readonly { readonly label: string; readonly place: number }[];
  readonly onGo: (place: number, gesture?: string) => unknown;
}

/** Leads through a computation one place at a time, by buttons and a slider. From button to button is one step of undo. */
export function Walk({ place, last, landmarks, onGo }: WalkProps) {
  const isStill = useStillness();
  const button = (label: string, to: number, isPrimary = false) => (
    <button
      key={label}
      type="button"
      className={isPrimary ? "lab-primary" : undefined}
      disabled={isStill}
      aria-disabled={to === place || undefined}
      onClick={() => to !== place && onGo(to, "walk")}
    >
      {label}
    </button>
  );
  return (
    <div className="walk">
      <span className="lab-buttons">
        {button("Previous", Math.max(0, place - 1))}
        {button("Next", Math.min(last, place + 1), true)}
        {landmarks.map((landmark) => button(landmark.label, landmark.place))}
      </span>
      <Slider
        label="The walk"
        bare
        min={0}
        max={last}
        step={1}
        value={place}
        valueText={(at) => `stop ${at} of ${last}`}
        onChange={(at, gesture) => onGo(at, gesture)}
      />
    </div>
  );
}
