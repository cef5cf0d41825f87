import type { ConfigValue, Field } from "../training/lab.ts";
import { tickStep } from "../viz/scale.ts";
import { NumberField } from "./NumberField.tsx";
import { Segmented } from "./Segmented.tsx";
import { Select } from "./Select.tsx";
import { Toggle } from "./Toggle.tsx";

export interface FieldControlProps {
  readonly name: string;
  readonly field: Field;
  readonly value: ConfigValue;
  /** A drag is one gesture; a choice has none. */
  readonly onChange: (value: ConfigValue, gesture?: string) => unknown;
}

/** More choices than this make a list rather than a strip. */
const stripLength = 4;

/** The control of one setting of a lab. */
export function FieldControl({ name, field, value, onChange }: FieldControlProps) {
  switch (field.kind) {
    case "switch":
      return <Toggle label={field.label} value={value === true} onChange={onChange} sym={name} />;
    case "choice": {
      const Choice = field.options.length > stripLength ? Select : Segmented;
      return (
        <Choice
          label={field.label}
          value={String(value)}
          options={field.options}
          onChange={onChange}
          sym={name}
        />
      );
    }
    case "text":
      return (
        <label className="control" data-sym={name}>
          <span className="control-label">{field.label}</span>
          <input
            key={String(value)}
            type="text"
            className="lab-text-field"
            defaultValue={String(value)}
            maxLength={field.longest}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Enter") event.currentTarget.blur();
            }}
            onBlur={(event) => {
              if (event.target.value !== value) onChange(event.target.value);
            }}
          />
        </label>
      );
    case "number":
      return (
        <span className="control">
          <span className="control-label" aria-hidden="true">
            {field.label}
          </span>
          <NumberField
            label={field.label}
            value={Number(value)}
            initial={field.initial}
            min={field.min}
            max={field.max}
            integer={field.integer}
            scale={field.scale}
            width={field.scale === "log" ? 7.5 : undefined}
            step={field.integer ? 1 : tickStep(field.max - field.min, 100)}
            onChange={onChange}
            sym={name}
          />
        </span>
      );
  }
}
