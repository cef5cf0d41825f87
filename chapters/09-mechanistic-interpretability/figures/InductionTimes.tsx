import { memo, type PointerEvent, type ReactNode, useRef } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { dataAt, usePlane } from "../../../src/viz/planeContext.ts";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { formation, greatest, history, places } from "../inductionNumbers.ts";
import { leastLosses } from "../inductionTask.ts";

/** The picture of all places has so many columns at most. */
const mostColumns = 160;

const least = leastLosses();
const leastMean = least.reduce((sum, one) => sum + one, 0) / least.length;

interface InductionTimesProps extends Pick<FigureProps, "lab"> {
  /** A frame now and then, while it trains: all of this is drawn anew for each. */
  readonly calm: FigureProps["frame"];
  /** The step at which the marker stands. */
  readonly step: number;
}

/** All that training has gone through, on one time line: a press or a drag goes back to a step. */
export const InductionTimes = memo(function InductionTimes({
  calm,
  step,
  lab,
}: InductionTimesProps) {
  const { steps } = calm.curve;
  if (steps.length < 2) {
    const begin = async () => {
      await lab.reset();
      await lab.play();
    };
    return (
      <p className="induction-begin lab-buttons">
        <button type="button" onClick={() => void begin()}>
          Start over and train
        </button>
        <span>How did the heads come about? All that happens is drawn here.</span>
      </p>
    );
  }
  const formed = formation(steps, greatest(calm, "two", "induction", 2));
  const line = (values: readonly number[]) =>
    steps.map((at, i) => [at, values[i] ?? Number.NaN] as const);
  const of = (twin: "two" | "one", what: string) => line(history(calm, twin, what));
  const score = (twin: "two" | "one", kind: "previous" | "induction", layer: number) =>
    line(greatest(calm, twin, kind, layer));
  const isAll = calm.config.asked === "all";
  const loss = isAll ? "L" : "L_known";
  const panel = { steps, step, formed, lab };
  return (
    <div className="induction-times">
      <Panel
        {...panel}
        label="loss, nats"
        domain={[0, 3.5]}
        note={`two layers; dashed: one layer; ${isAll ? "thin: the least that anybody could pay" : "where the block has come round"}`}
      >
        {isAll && (
          <Curve
            points={[
              [steps[0] ?? 0, leastMean],
              [steps.at(-1) ?? 1, leastMean],
            ]}
            thin
          />
        )}
        <Curve points={of("one", loss)} dashed />
        <Curve points={of("two", loss)} />
      </Panel>
      <Panel
        {...panel}
        label="best head’s score"
        domain={[0, 1]}
        note="thick: induction, layer 2; thin: letter before, layer 1; dashed: induction, one layer"
      >
        <Curve points={score("one", "induction", 1)} dashed />
        <Curve points={score("two", "previous", 1)} thin />
        <Curve points={score("two", "induction", 2)} />
      </Panel>
      {isAll && (
        <Panel
          {...panel}
          label="loss at place 24 − at 4"
          domain={[-3.5, 0.5]}
          note="in-context learning: two layers; dashed: one layer"
        >
          <Curve points={of("one", "icl")} dashed />
          <Curve points={of("two", "icl")} />
        </Panel>
      )}
      <Panel
        {...panel}
        label="place"
        domain={[0.5, places.length + 0.5]}
        note="two layers’ loss at each place; dark is much"
        underlay={<Surface values={placePicture(calm)} reach={3} scale="sequential" cells />}
      />
    </div>
  );
});

/** The two-layer model's loss at each place (rows, the first below) over all steps, evenly. */
function placePicture(frame: FigureProps["frame"]) {
  const { steps } = frame.curve;
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const columns = Math.min(mostColumns, Math.max(1, last - first));
  const data = new Float32Array(places.length * columns);
  const rows = places.map((t) => history(frame, "two", `at.${t}`));
  for (let column = 0, at = 0; column < columns; column++) {
    const step = first + ((column + 0.5) * (last - first)) / columns;
    while (at + 1 < steps.length && (steps[at + 1] as number) <= step) at++;
    for (const [row, own] of rows.entries()) data[row * columns + column] = own[at] ?? 0;
  }
  return { shape: [places.length, columns], data };
}

interface PanelProps extends Pick<FigureProps, "lab"> {
  readonly steps: readonly number[];
  readonly step: number;
  readonly formed: ReturnType<typeof formation>;
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly note: string;
  readonly underlay?: ReactNode;
  readonly children?: ReactNode;
}

function Panel({ steps, step, formed, label, domain, note, underlay, lab, children }: PanelProps) {
  const first = steps[0] ?? 0;
  const last = Math.max(first + 1, steps.at(-1) ?? 0, step);
  return (
    <div className="induction-chart">
      <Plane
        x={{ domain: [first, last], label: "step", ticks: 4 }}
        y={{ domain, label, ticks: 4 }}
        width={420}
        height={260}
        label={`${label}: ${note}`}
        underlay={underlay}
      >
        {formed && <Formed {...formed} />}
        {children}
        <Now step={step} onSeek={(at) => lab.seek(at)} />
      </Plane>
      <p className="figure-note">{note}</p>
    </div>
  );
}

/** The steps in which the induction heads formed. */
function Formed({ from, to }: { readonly from: number; readonly to: number }) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  return (
    <Clipped>
      <rect
        className="induction-formed"
        x={x(from)}
        y={top}
        width={Math.max(2, x(to) - x(from))}
        height={bottom - top}
      />
    </Clipped>
  );
}

/** Where the lab is, and the way to another step. */
function Now({
  step,
  onSeek,
}: {
  readonly step: number;
  readonly onSeek: (step: number) => unknown;
}) {
  const plane = usePlane();
  const [left, right] = plane.x.range;
  const [bottom, top] = plane.y.range;
  const isBusy = useRef(false);
  const seek = async (event: PointerEvent<SVGRectElement>) => {
    const at = dataAt(plane, event.clientX, event.clientY)?.[0];
    if (at === undefined || isBusy.current) return;
    isBusy.current = true;
    try {
      await onSeek(Math.max(0, Math.round(at)));
    } finally {
      isBusy.current = false;
    }
  };
  return (
    <>
      <line className="induction-step" x1={plane.x(step)} x2={plane.x(step)} y1={top} y2={bottom} />
      <rect
        className="induction-seek"
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          void seek(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && void seek(event)}
      />
    </>
  );
}
