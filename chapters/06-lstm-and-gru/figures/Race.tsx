import "./race.css";
import type { CSSProperties } from "react";
import { recallAlphabet, recallSymbols } from "../../../src/data/delayedRecall.ts";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { tickStep } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import {
  accuracyOf,
  arrival,
  goal,
  percent,
  type RacerName,
  racers,
  raceSteps,
  shareNow,
} from "../raceLab.ts";
import { Keeping } from "./Keeping.tsx";
import { RacerMark, racerShape } from "./RacerMark.tsx";
import { RaceSeeds } from "./RaceSeeds.tsx";

/** Three nets on one task of memory: how well they do by step, what their gates keep, and what they believe. */
export function Race({ frame, lab, projected }: FigureProps) {
  return (
    <div className="race">
      <Course frame={frame} />
      <Keeping frame={frame} lab={lab} />
      <Beliefs frame={frame} />
      {/* Other settings, other races: what was found is of these alone. */}
      {!projected && <RaceSeeds key={JSON.stringify(frame.config)} frame={frame} />}
    </div>
  );
}

/** The shares of right answers by step, and who has arrived when. */
function Course({ frame }: { readonly frame: Frame }) {
  const { steps, others } = frame.curve;
  const end = Math.max(raceSteps, steps.at(-1) ?? 0);
  const stride = tickStep(end, 4);
  return (
    <div className="race-course">
      <Plane
        x={{
          domain: [0, end],
          label: "step",
          ticks: Array.from({ length: Math.floor(end / stride) + 1 }, (_, i) => i * stride),
        }}
        y={{
          domain: [0, 1.04],
          label: "right answers on sequences held out, %",
          ticks: [0, 0.25, 0.5, 0.75, 1],
          tickText: (share) => numberText(100 * share),
        }}
        width={460}
        height={320}
        label="The share of right answers by step, for each of the three nets"
      >
        <Curve f={() => 1 / recallSymbols.length} dashed thin />
        {racers.map(({ name }) => {
          const shares = others?.[accuracyOf(name)] ?? [];
          const points = steps.map((step, i) => [step, shares[i] ?? Number.NaN] as const);
          return <Curve key={name} points={points} colour={`var(--race-${name})`} />;
        })}
        {racers.map(({ name }) => (
          <Arrival key={name} racer={name} step={arrival(frame, name)} />
        ))}
      </Plane>
      <dl className="race-standings">
        {racers.map(({ name, label }) => {
          const step = arrival(frame, name);
          return (
            <div key={name} style={{ "--racer": `var(--race-${name})` } as CSSProperties}>
              <dt>
                <RacerMark racer={name} /> {label}
              </dt>
              <dd>
                <strong>{percent(shareNow(frame, name))}</strong>
                <span>{step === null ? "not there yet" : `${percent(goal)} at step ${step}`}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Arrival({ racer, step }: { readonly racer: RacerName; readonly step: number | null }) {
  const { x, y } = usePlane();
  if (step === null) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the mark takes no focus
    <g aria-hidden="true" transform={`translate(${x(step)} ${y(1)})`}>
      <path
        className="race-arrival"
        d={racerShape[racer]}
        style={{ fill: `var(--race-${racer})` }}
      />
    </g>
  );
}

/** The sequence on show, and for each net what it answers when only the first letter differs. */
function Beliefs({ frame }: { readonly frame: Frame }) {
  const { x } = frame.input;
  return (
    <div className="race-beliefs">
      <Sequence x={x} />
      <p className="figure-note">
        Each row: the letter that stood first. Each column: the answer, and how sure the net is of
        it, in %. Rows all alike: it has forgotten.
      </p>
      <div className="race-believers">
        {racers.map(({ name, label }) => {
          const y_hat = frame.values[`${name}.y_hat`];
          return (
            <figure key={name}>
              <figcaption>
                <RacerMark racer={name} /> {label}
              </figcaption>
              {y_hat && (
                <Heatmap
                  values={inPercent(y_hat)}
                  label={`What the ${label} answers, in percent, by the first letter`}
                  rowLabels={recallSymbols}
                  columnLabels={recallSymbols}
                  scale="sequential"
                  reach={100}
                />
              )}
            </figure>
          );
        })}
      </div>
    </div>
  );
}

/** Shares as whole percents. */
function inPercent({ shape, data }: NDArray): NDArray {
  return { shape, data: data.map((share) => Math.round(100 * share)) };
}

function Sequence({ x }: { readonly x: NDArray | undefined }) {
  const T = x?.shape[1] ?? 0;
  const shown = Array.from(x?.data.subarray(1, T) ?? [], (place) => recallAlphabet[place] ?? "");
  const letters = recallSymbols.join(", ");
  return (
    <p className="race-sequence">
      <span className="sr-only">
        A sequence of {T} symbols: one of {letters}, then {T - 2} that mean nothing, then a question
        mark.
      </span>
      <span
        aria-hidden="true"
        style={{ gridTemplateColumns: `3.2em repeat(${T - 1}, minmax(0, 1fr))` }}
      >
        <b>{recallSymbols.join("")}</b>
        {shown.map((symbol, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a symbol is its place
          <span key={i} data-query={i === T - 2 || undefined}>
            {symbol}
          </span>
        ))}
      </span>
    </p>
  );
}
