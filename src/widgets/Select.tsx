import { useChoice } from "./gesture.ts";
import type { Option } from "./Segmented.tsx";
import { useStillness } from "./stillness.ts";

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => unknown;
  readonly disabled?: boolean | undefined;
  readonly sym?: string | undefined;
}

/** A choice among many: the native list, with its label. */
export function Select({ label, value, options, onChange, disabled, sym }: SelectProps) {
  const isStill = useStillness();
  const [shown, choose] = useChoice(value, onChange);
  return (
    <label className="control select" data-sym={sym}>
      <span className="control-label">{label}</span>
      <select
        value={shown}
        disabled={isStill || disabled}
        onChange={(event) => choose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
