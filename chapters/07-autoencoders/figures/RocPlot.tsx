import { useMemo } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { errorsOf, thresholdOf } from "../oddLab.ts";
import { areaUnder, judged, rocCurve } from "../roc.ts";

const percents = [0, 0.5, 1] as const;
const hundredth = (share: number): string => String(100 * share);
const inPercent = (share: number): string => `${numberText(100 * share, 3)} %`;

/** Caught against false alarms at every threshold there is, and where the present one stands. */
export function RocPlot({ frame }: Pick<FigureProps, "frame">) {
  const { normal, odd } = errorsOf(frame);
  const curve = useMemo(() => rocCurve(normal, odd), [normal, odd]);
  const corners = useMemo(() => cornersOf(curve), [curve]);
  const { caught, falseAlarms } = judged(normal, odd, thresholdOf(frame.config));
  return (
    <figure>
      <Plane
        x={{ domain: [0, 1], label: "false alarms, %", ticks: percents, tickText: hundredth }}
        y={{ domain: [0, 1], label: "caught, %", ticks: percents, tickText: hundredth }}
        width={400}
        height={380}
        label="The ROC curve: the share of the odd that are caught against the share of false alarms"
      >
        <Area curve={corners} />
        <Curve
          points={[
            [0, 0],
            [1, 1],
          ]}
          dashed
          thin
        />
        <Curve points={corners} />
        {Number.isFinite(caught) && <Here at={[falseAlarms, caught]} />}
      </Plane>
      <dl className="odd-numbers">
        <Entry name="caught" text={inPercent(caught)} />
        <Entry name="false alarms" text={inPercent(falseAlarms)} />
        <Entry name="area (AUC)" text={numberText(areaUnder(curve))} />
      </dl>
    </figure>
  );
}

/** The points at which a curve of steps turns. */
function cornersOf(curve: readonly (readonly [number, number])[]) {
  return curve.filter(([x, y], i) => {
    const [before, after] = [curve[i - 1], curve[i + 1]];
    if (!before || !after) return true;
    const isLevel = before[1] === y && after[1] === y;
    const isUpright = before[0] === x && after[0] === x;
    return !isLevel && !isUpright;
  });
}

function Entry({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Area({ curve }: { readonly curve: readonly (readonly [number, number])[] }) {
  const { x, y } = usePlane();
  const path = curve.map(([u, v]) => `L${x(u).toFixed(1)} ${y(v).toFixed(1)}`).join("");
  return (
    <Clipped>
      <path className="odd-area" d={`M${x(0)} ${y(0)}${path}L${x(1)} ${y(0)}z`} />
    </Clipped>
  );
}

function Here({ at: [u, v] }: { readonly at: readonly [number, number] }) {
  const { x, y } = usePlane();
  return (
    <g className="viz-mark" transform={`translate(${x(u)} ${y(v)})`}>
      <circle className="odd-here" r={7} />
    </g>
  );
}
