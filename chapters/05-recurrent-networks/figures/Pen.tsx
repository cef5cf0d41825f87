import { entry } from "../../../src/data/ndarray.ts";
import { strokeOf } from "../../../src/data/strokes.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";

/** The points that the model has drawn, y upwards. */
function wayOf(frame: Frame): (readonly [number, number])[] {
  const way = frame.values.y_hat;
  if (way?.shape.length !== 3) return [];
  return Array.from({ length: way.shape[1] ?? 0 }, (_, t) => [
    entry(way, 2 * t),
    entry(way, 2 * t + 1),
  ]);
}

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `${x.toFixed(3)},${(-y).toFixed(3)}`).join(" ");

/** The pen's way, with its points, over that which it was to draw. */
export function PenWay({ frame }: { readonly frame: Frame }) {
  const way = wayOf(frame);
  const { digit, mix } = frame.config;
  const hand = { slant: Number(frame.config.slant), width: Number(frame.config.width) };
  const wanted = Number(mix) === 0 ? strokeOf(Number(digit), hand) : [];
  return (
    <svg
      className="pen-way"
      viewBox="-1.35 -1.3 2.7 2.6"
      role="img"
      aria-label="The way of the pen, as the model draws it"
    >
      <polyline className="pen-wanted" points={path(wanted)} />
      <polyline className="pen-line" points={path(way)} />
      {way.map(([x, y], t) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its step
        <circle key={t} className="pen-point" cx={x} cy={-y} r={t === 0 ? 0.05 : 0.028}>
          <title>{`step ${t + 1}: (${numberText(x)}, ${numberText(y)})`}</title>
        </circle>
      ))}
    </svg>
  );
}

/** What has been drawn after so many steps, small. */
export function Thumbnail({ frame, points }: { readonly frame: Frame; readonly points: number }) {
  const way = wayOf(frame).slice(0, points);
  const [x = 0, y = 0] = way.at(-1) ?? [];
  return (
    <svg className="pen-thumbnail" viewBox="-1.35 -1.3 2.7 2.6" aria-hidden="true">
      <polyline className="pen-line" points={path(way)} />
      <circle className="pen-point" cx={x} cy={-y} r="0.16" />
    </svg>
  );
}

const digits = Array.from({ length: 10 }, (_, digit) => digit);

/** Which digit, or which two mixed, and in what hand. */
export function DigitControls({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { config } = frame;
  const mix = Number(config.mix);
  return (
    <div className="pen-controls">
      <fieldset className="pen-digits">
        <legend>Draw a</legend>
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            aria-pressed={Number(config.digit) === digit}
            onClick={() => void lab.configure({ digit })}
          >
            {digit}
          </button>
        ))}
      </fieldset>
      <Slider
        label="Slant"
        value={Number(config.slant)}
        min={-1}
        max={1}
        step={0.05}
        onChange={(slant, gesture) => lab.configure({ slant }, gesture)}
      />
      <Slider
        label="Width"
        value={Number(config.width)}
        min={-1}
        max={1}
        step={0.05}
        onChange={(width, gesture) => lab.configure({ width }, gesture)}
      />
      <Slider
        label="Mixed with"
        value={mix}
        min={0}
        max={1}
        step={0.05}
        valueText={(share) => `${numberText(100 * share, 2)} %`}
        onChange={(share, gesture) => lab.configure({ mix: share }, gesture)}
      />
      <span className="control">
        <span className="control-label" aria-hidden="true">
          of a
        </span>
        <NumberField
          label="Second digit"
          value={Number(config.other)}
          min={0}
          max={9}
          integer
          width={3}
          onChange={(other, gesture) => lab.configure({ other }, gesture)}
        />
      </span>
    </div>
  );
}
