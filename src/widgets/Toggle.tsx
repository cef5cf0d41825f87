import { useChoice } from "./gesture.ts";
import { stillInput, useStillness } from "./stillness.ts";

export interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => unknown;
  readonly disabled?: boolean | undefined;
  readonly sym?: string | undefined;
}

/** On or off: the native checkbox, as a switch. */
export function Toggle({ label, value, onChange, disabled, sym }: ToggleProps) {
  const isStill = useStillness();
  const [shown, choose] = useChoice(value, onChange);
  return (
    <label className="control toggle" data-sym={sym}>
      <input
        type="checkbox"
        checked={shown}
        disabled={disabled}
        {...(isStill ? stillInput : {})}
        onChange={(event) => choose(event.target.checked)}
      />
      <span className="control-label">{label}</span>
    </label>
  );
}
