import { entry } from "../../../src/data/ndarray.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { errorBetween, rowOf, settingsOf } from "../positionsLab.ts";
import { hue } from "./hue.ts";

const reach = 3;

/** The task: a reading is hidden, and guessed from the others by attention that knows of places alone. */
export function PlaceGuess({ frame, lab }: FigureProps) {
  const { T, t, heard } = settingsOf(frame);
  const { x } = frame.input;
  const waves = frame.values["waves.A"];
  const learned = frame.values["learned.A"];
  if (!x || !waves || !learned) return null;
  const readings = rowOf({ shape: [1, T], data: x.data }, 0);
  const highest = Math.max(...rowOf(waves, t), ...rowOf(learned, t), 0.2);
  const points = (shares: readonly number[]) => shares.map((share, s) => [s, share] as const);
  const move = (place: number) => (at: readonly [number, number], gesture: string) => {
    const data = Float32Array.from(x.data);
    data[place] = at[1];
    return lab.input({ x: { shape: x.shape, data } }, gesture);
  };
  return (
    <>
      <Plane
        x={{ domain: [-0.5, T - 0.5], label: "place" }}
        y={{
          domain: [-reach, reach],
          ticks: 3,
          label: "● reading; guess by ○ waves, ◇ learned",
        }}
        width={560}
        height={220}
        label="A curve read at each place, and the guesses of both models"
      >
        <Ground t={t} heard={heard} T={T} />
        <Guesses frame={frame} />
        {readings.map((value, place) => (
          <Movable
            // biome-ignore lint/suspicious/noArrayIndexKey: a reading is its place
            key={place}
            at={[place, value]}
            axis="y"
            label={`reading at place ${place}`}
            onMove={move(place)}
          >
            <circle className="positions-reading" r={4} />
          </Movable>
        ))}
      </Plane>
      <Plane
        x={{ domain: [-0.5, T - 0.5], label: "place looked at" }}
        y={{ domain: [0, highest * 1.05], ticks: 3, label: `attention of place ${t}` }}
        width={560}
        height={160}
        label={`The attention of place ${t}, with the waves and with the learned table`}
      >
        <Curve points={points(rowOf(learned, t))} sym="W_P" colour={hue} dashed />
        <Curve points={points(rowOf(waves, t))} sym="P" colour={hue} />
      </Plane>
      <p className="figure-note">{errors(frame, heard, T)}</p>
    </>
  );
}

function errors(frame: FigureProps["frame"], heard: number, T: number): string {
  const text = (from: number, to: number) =>
    `${numberText(errorBetween(frame, "waves", from, to), 2)} with the waves, ${numberText(errorBetween(frame, "learned", from, to), 2)} with the learned table`;
  const known = `Mean square error on this curve: ${text(0, heard)}`;
  return heard < T
    ? `${known} at places that occur in training; beyond them, ${text(heard, T)}.`
    : `${known}.`;
}

/** The place that is guessed, and where training has never been. */
function Ground({ t, heard, T }: { t: number; heard: number; T: number }) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  return (
    <>
      {heard < T && (
        <rect
          className="positions-unheard"
          x={x(heard - 0.5)}
          y={top}
          width={x(T - 0.5) - x(heard - 0.5)}
          height={bottom - top}
        />
      )}
      <path className="positions-now" d={`M${x(t)} ${top}V${bottom}`} />
    </>
  );
}

function Guesses({ frame }: Pick<FigureProps, "frame">) {
  const { x, y } = usePlane();
  const { T } = settingsOf(frame);
  const at = (name: string, mark: (left: number, top: number) => string) =>
    Array.from({ length: T }, (_, t) => mark(x(t), y(entry(frame.values[name], t)))).join("");
  return (
    <>
      <path
        className="positions-guess"
        data-sym="P"
        d={at("waves.y_hat", (left, top) => `M${left - 6} ${top}a6 6 0 1 0 12 0a6 6 0 1 0-12 0z`)}
      />
      <path
        className="positions-guess"
        data-sym="W_P"
        d={at("learned.y_hat", (left, top) => `M${left} ${top - 7}l7 7l-7 7l-7-7z`)}
      />
    </>
  );
}
