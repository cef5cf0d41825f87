import { useEffect, useRef } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LockButton } from "../../../src/widgets/LockButton.tsx";
import { isLocked, withLocks } from "../../../src/widgets/locks.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { layerName } from "../playgroundLab.ts";
import { at, type Chosen, type Column, unitName, withEntry } from "./playgroundParts.ts";

interface UnitPanelProps extends FigureProps {
  readonly columns: readonly Column[];
  readonly chosen: Chosen | null;
  readonly showsGradients: boolean;
}

/** The weights and the bias of the chosen unit, each to be changed and locked; with their gradients where these are shown. */
export function UnitPanel({ columns, chosen, frame, lab, showsGradients }: UnitPanelProps) {
  const place = useRef<HTMLFieldSetElement>(null);
  const from = chosen?.from;
  // A line that is clicked puts the hand on its number.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line, though with the same place in its row
  useEffect(() => {
    if (from === undefined) return;
    place.current
      ?.querySelectorAll<HTMLInputElement>("[data-weight] input")
      [from]?.focus({ preventScroll: true });
  }, [from, chosen]);

  const column = chosen && columns[chosen.layer + 1];
  if (!chosen || !column || chosen.unit >= column.size) {
    return (
      <p className="net-hint">
        Click a line to change its weight, a unit to change its bias. Point at a unit to see its
        surface large.
      </p>
    );
  }
  const { layer, unit } = chosen;
  if (layer < 0) {
    const name = unitName(columns, 0, unit);
    return <p className="net-hint">This is {name}. It has no weights: it is given.</p>;
  }
  const [nameW, nameB] = [`${layerName(layer)}.W`, `${layerName(layer)}.b`];
  const { [nameW]: W, [nameB]: b } = frame.values;
  const n = columns[layer]?.size ?? 0;
  const whose = unitName(columns, layer + 1, unit);
  const bias = b && { name: nameB, of: b, index: unit };
  const weights = Array.from({ length: n }, (_, from) => ({ name: nameW, index: unit * n + from }));
  const entries = [
    ...(bias ? [bias] : []),
    ...(W ? weights.map((one) => ({ ...one, of: W })) : []),
  ];
  const areLocked = entries.every(({ name, index }) => isLocked(frame, name, index));
  const lock = (which: typeof entries, shut: boolean) =>
    lab.edit({ lock: { ...withLocks(frame, which, shut) } });
  return (
    <fieldset ref={place} className="net-panel">
      <legend>{whose}</legend>
      <span className="net-parameter">
        <span>bias</span>
        <NumberField
          label={`bias of ${whose}`}
          value={at(b, 0, unit)}
          initial={0}
          changed={false}
          step={0.1}
          onChange={(value, gesture) => b && lab.write(nameB, withEntry(b, unit, value), gesture)}
        />
        <LockButton
          what={`bias of ${whose}`}
          isLocked={isLocked(frame, nameB, unit)}
          onLock={(shut) => bias && lock([bias], shut)}
        />
        {showsGradients && <Gradient value={at(frame.values[`grad ${nameB}`], 0, unit)} />}
      </span>
      {columns[layer]?.names.map((name, input) => (
        <span
          key={name}
          className="net-parameter"
          data-weight=""
          data-chosen={input === from || undefined}
        >
          <span>from {name}</span>
          <NumberField
            label={`weight from ${unitName(columns, layer, input)} to ${whose}`}
            value={at(W, unit, input)}
            initial={0}
            changed={false}
            step={0.1}
            onChange={(value, gesture) =>
              W && lab.write(nameW, withEntry(W, unit * n + input, value), gesture)
            }
          />
          <LockButton
            what={`weight from ${unitName(columns, layer, input)} to ${whose}`}
            isLocked={isLocked(frame, nameW, unit * n + input)}
            onLock={(shut) => W && lock([{ name: nameW, of: W, index: unit * n + input }], shut)}
          />
          {showsGradients && <Gradient value={at(frame.values[`grad ${nameW}`], unit, input)} />}
        </span>
      ))}
      {n > 0 && (
        <button
          type="button"
          className="net-lock-all"
          onClick={() => void lock(entries, !areLocked)}
        >
          {areLocked ? "Unlock all" : "Lock all"}
        </button>
      )}
    </fieldset>
  );
}

function Gradient({ value }: { readonly value: number }) {
  return (
    <span className="net-gradient" title="The gradient of the loss with respect to this number">
      ∂L {Number.isFinite(value) ? numberText(value, 2) : "–"}
    </span>
  );
}
