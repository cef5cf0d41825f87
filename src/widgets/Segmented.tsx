import { useId } from "react";
import { useChoice } from "./gesture.ts";
import { useStillness } from "./stillness.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface SegmentedProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => unknown;
  readonly disabled?: boolean | undefined;
  readonly sym?: string | undefined;
}

/** A choice among few: native radio buttons that look like one strip. */
export function Segmented({ label, value, options, onChange, disabled, sym }: SegmentedProps) {
  const name = useId();
  const isStill = useStillness();
  const [shown, choose] = useChoice(value, onChange);
  return (
    <fieldset className="segmented" data-sym={sym}>
      <legend>{label}</legend>
      <div className="segmented-strip">
        {options.map((option) => (
          <label key={option.value} data-chosen={option.value === shown || undefined}>
            <input
              type="radio"
              name={isStill ? undefined : name}
              value={option.value}
              checked={option.value === shown}
              disabled={isStill || disabled}
              onChange={() => choose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
