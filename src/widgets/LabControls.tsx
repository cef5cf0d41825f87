import { memo } from "react";
import type { Config, ConfigValue, Frame, Lab } from "../training/lab.ts";
import { FieldControl } from "./FieldControl.tsx";
import { FileButtons } from "./FileButtons.tsx";
import type { LabActions } from "./figure.ts";
import { NumberField } from "./NumberField.tsx";

/** The settings of training that a lab keeps out of the way. */
const quietFields = new Set(["optimiser", "batchSize"]);

type Place = "row" | "more" | "figure";

/** Where the control of a field of this lab stands. */
export function placeOf(lab: Lab, name: string): Place {
  return lab.fields[name]?.place ?? (lab.trains && quietFields.has(name) ? "more" : "row");
}

interface ControlsProps {
  readonly lab: Lab;
  readonly frame: Frame;
  readonly actions: LabActions;
  readonly still: boolean;
}

/** The settings that matter for the idea of this lab, and its prepared states. */
export function FieldRow({
  lab,
  frame,
  actions,
  still,
  onPreset,
}: ControlsProps & { readonly onPreset: (index: number) => void }) {
  const names = namesIn(lab, "row");
  const presets = lab.presets ?? [];
  if (names.length === 0 && presets.length === 0) return null;
  return (
    <div className="lab-controls">
      {presets.length > 0 && (
        <fieldset className="lab-presets" disabled={still}>
          <legend className="sr-only">Prepared states</legend>
          {presets.map((preset, index) => (
            <button
              key={preset.label}
              type="button"
              disabled={still}
              aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
              onClick={() => onPreset(index)}
            >
              {index < 9 && (
                <span className="lab-digit" aria-hidden="true">
                  {index + 1}
                </span>
              )}
              {preset.label}
            </button>
          ))}
        </fieldset>
      )}
      <Fields lab={lab} config={frame.config} actions={actions} place="row" />
    </div>
  );
}

function namesIn(lab: Lab, place: Place): readonly string[] {
  return Object.keys(lab.fields).filter((name) => placeOf(lab, name) === place);
}

interface FieldsProps {
  readonly lab: Lab;
  readonly config: Config;
  readonly actions: LabActions;
  readonly place: Place;
}

/** Drawn anew only when a setting has changed, not with each frame of training. */
const Fields = memo(function Fields({ lab, config, actions, place }: FieldsProps) {
  return namesIn(lab, place).map((name) => {
    const field = lab.fields[name];
    const value = config[name];
    if (!field || value === undefined) return null;
    const change = (next: ConfigValue, gesture?: string) =>
      actions.configure({ [name]: next }, gesture);
    return <FieldControl key={name} name={name} field={field} value={value} onChange={change} />;
  });
});

/** What is seldom needed: optimiser, batch, seed, files. */
export function MoreControls({ lab, frame, actions, still }: ControlsProps) {
  return (
    <details className="lab-more">
      <summary>More</summary>
      <div className="lab-controls">
        <Fields lab={lab} config={frame.config} actions={actions} place="more" />
        <span className="control">
          <span className="control-label" aria-hidden="true">
            Seed
          </span>
          <NumberField
            label="Seed: a new one starts over"
            value={frame.seed}
            min={0}
            max={2 ** 31 - 1}
            integer
            digits={10}
            width={10}
            changed={false}
            onChange={(seed) => actions.reset(seed)}
          />
        </span>
        <span className="lab-buttons">
          <FileButtons lab={lab} frame={frame} actions={actions} still={still} />
        </span>
      </div>
    </details>
  );
}
