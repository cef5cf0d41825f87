import { type CSSProperties, type PointerEvent, useMemo, useState } from "react";
import { ColourLegend } from "../../../src/viz/ColourLegend.tsx";
import { divergingCss } from "../../../src/viz/colour.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import type { Pulsed } from "../../../src/widgets/usePulsedWatch.ts";
import { linesIn } from "../charactersLab.ts";
import { bestUnits, unitAlong } from "../characterUnits.ts";
import { characterName } from "./NextCharacters.tsx";

interface UnitsOverTextProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly close: Pulsed | null;
  readonly cursor: number;
  readonly onCursor: (place: number) => void;
}

/** Every hidden unit along a few lines, and the lines coloured by one of them. */
export function UnitsOverText(props: UnitsOverTextProps) {
  const { frame, lab, close, cursor, onCursor } = props;
  const lines = linesIn(frame.config);
  const states = close?.values["steps.*.h"];
  const H = states?.shape[2] ?? 0;
  const T = states?.shape[0] ?? 0;
  const fits = states !== undefined && T === lines.length && H === Number(frame.config.units);
  const unit = Math.min(Math.max(1, Number(frame.config.unit)), Math.max(1, H)) - 1;
  const values = fits ? unitAlong(states.data, H, unit) : null;
  const choose = (next: number) => void lab.configure({ unit: next + 1 });
  return (
    <div className="characters-units">
      <div className="characters-controls">
        <span className="control">
          <span className="control-label" aria-hidden="true">
            Unit
          </span>
          <NumberField
            label="Unit by which the text is coloured"
            value={unit + 1}
            min={1}
            max={Math.max(1, H)}
            integer
            width={4}
            onChange={(next, gesture) => lab.configure({ unit: next }, gesture)}
          />
        </span>
        <ColourLegend reach={1} label="h" />
        <span className="characters-now">
          {`after “${characterName(lines[cursor])}”: ${numberText(values?.[cursor], 3)}`}
        </span>
      </div>
      <ColouredText lines={lines} values={values} cursor={cursor} onCursor={onCursor} />
      <Slider
        label="Place in the lines"
        bare
        value={cursor}
        min={1}
        max={lines.length - 1}
        step={1}
        valueText={(place) =>
          `after “${characterName(lines[place])}”: unit ${unit + 1} is ${numberText(values?.[place], 3)}`
        }
        onChange={onCursor}
      />
      {fits ? (
        <Raster
          states={states.data}
          H={H}
          T={T}
          unit={unit}
          cursor={cursor}
          lines={lines}
          onPick={(row, place) => {
            choose(row);
            onCursor(place);
          }}
        />
      ) : (
        <div className="characters-cells" />
      )}
      <Best best={fits ? bestUnits(states.data, H, lines) : []} unit={unit} onUnit={choose} />
    </div>
  );
}

interface ColouredTextProps {
  readonly lines: readonly string[];
  readonly values: Float32Array | null;
  readonly cursor: number;
  readonly onCursor: (place: number) => void;
}

/** The lines, each character on the colour of the unit when it has just been read. */
function ColouredText({ lines, values, cursor, onCursor }: ColouredTextProps) {
  const placeOf = (event: PointerEvent<HTMLElement>): void => {
    const place = (event.target as HTMLElement).dataset.place;
    if (place !== undefined) onCursor(Number(place));
  };
  return (
    <pre
      className="characters-text"
      onPointerDown={placeOf}
      onPointerMove={(event) => event.pointerType === "mouse" && placeOf(event)}
    >
      {lines.map((character, place) => {
        if (place === 0) return null;
        const value = values?.[place];
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a character is its place
            key={place}
            data-place={place}
            data-cursor={place === cursor || undefined}
            style={{ "--cell": divergingCss(value ?? 0, 1) } as CSSProperties}
            title={`unit: ${numberText(value, 3)}`}
          >
            {character === "\n" ? "⏎\n" : character}
          </span>
        );
      })}
    </pre>
  );
}

interface RasterProps {
  readonly states: Float32Array;
  readonly H: number;
  readonly T: number;
  readonly unit: number;
  readonly cursor: number;
  readonly lines: readonly string[];
  readonly onPick: (unit: number, place: number) => void;
}

/** All units, one a row, along the lines; a click chooses the unit and the place. */
function Raster({ states, H, T, unit, cursor, lines, onPick }: RasterProps) {
  const [hover, setHover] = useState<readonly [unit: number, place: number] | null>(null);
  const isStill = useStillness();
  const turned = useMemo(() => {
    const rows = new Float32Array(H * T);
    for (let t = 0; t < T; t++) {
      for (let h = 0; h < H; h++) rows[h * T + t] = states[t * H + h] as number;
    }
    return rows;
  }, [states, H, T]);
  // Few shades make a picture that the page can carry.
  const shades = isStill ? turned.map((value) => Math.round(value * 2) / 2) : turned;
  const at = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const part = (position: number, size: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor((position / size) * count)));
    return [part(event.clientY - top, height, H), part(event.clientX - left, width, T)];
  };
  const [row, place] = hover ?? [unit, cursor];
  return (
    <div className="characters-raster">
      <div
        className="characters-cells"
        role="img"
        aria-label={`${H} hidden units along ${T} characters`}
        onPointerMove={(event) => setHover(at(event))}
        onPointerLeave={() => setHover(null)}
        onPointerDown={(event) => onPick(...at(event))}
      >
        <Surface values={{ shape: [H, T], data: shades }} reach={1} rowsRise={false} cells />
        <span
          className="characters-row"
          style={{ insetBlockStart: `${(100 * unit) / H}%`, blockSize: `${100 / H}%` }}
        />
        <span
          className="characters-column"
          style={{ insetInlineStart: `${(100 * cursor) / T}%`, inlineSize: `${100 / T}%` }}
        />
      </div>
      <p className="figure-note">
        {`One unit a row, one character a column. Unit ${row + 1} after “${characterName(lines[place])}”: ${numberText(turned[row * T + place], 3)}. Click a unit to colour the lines by it.`}
      </p>
    </div>
  );
}

interface BestProps {
  readonly best: ReturnType<typeof bestUnits>;
  readonly unit: number;
  readonly onUnit: (unit: number) => void;
}

/** For some properties of a place in a text, the unit that goes with them most closely. */
function Best({ best, unit, onUnit }: BestProps) {
  const isStill = useStillness();
  return (
    <div className="characters-best">
      <p className="figure-note">The unit that goes most closely with</p>
      <ul>
        {best.map(({ name, unit: own, r }) => (
          <li key={name}>
            <button
              type="button"
              disabled={isStill || r === 0}
              aria-pressed={own === unit}
              onClick={() => onUnit(own)}
            >
              {name}: {r === 0 ? "does not vary here" : `${own + 1}, r = ${signedText(r, 2)}`}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
