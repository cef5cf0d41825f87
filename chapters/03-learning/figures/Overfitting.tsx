import "./overfitting.css";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { decade, decadesOf, decadeTicks } from "../../../src/viz/logAxis.ts";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { tickStep } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { curveRange, curveSets, truth } from "../curveData.ts";
import { bestStep, heldLoss, type OverfittingSettings } from "../overfittingLab.ts";
import { Dropped } from "./Dropped.tsx";
import { KeySample } from "./KeySample.tsx";

/** The colour and shape of the two sets of points: class 1 is learnt from, class 0 kept apart. */
const [learnt, kept] = [1, 0] as const;

/** A curve through few points: how it lies between them, and what that costs on points it has not seen. */
export function Overfitting({ frame, lab }: FigureProps) {
  const isDropping = Number(frame.config.dropout) > 0;
  return (
    <div className="overfitting">
      <Fit frame={frame} />
      <Losses frame={frame} lab={lab} />
      {isDropping && <Dropped frame={frame} />}
    </div>
  );
}

function Fit({ frame }: { readonly frame: Frame }) {
  const { held } = curveSets(frame.config as OverfittingSettings);
  const fitted = frame.values["y_hat@curve"];
  const points = Array.from(curveRange.data, (at, i): [number, number] => [at, entry(fitted, i)]);
  return (
    <div className="overfitting-fit">
      <Plane
        x={{ domain: [-3.2, 3.2], label: "x", sym: "x", ticks: [-3, -2, -1, 0, 1, 2, 3] }}
        y={{ domain: [-2.5, 2.5], label: "y and ŷ", sym: "y_hat", ticks: [-2, -1, 0, 1, 2] }}
        width={460}
        height={380}
        label="The curve of the network, the points that it learns from, and those kept apart"
      >
        <Curve f={truth} dashed thin />
        <Points x={held.x} y={held.y} class={kept} size={3.5} />
        <Curve points={points} />
        <Points x={frame.data.x} y={frame.data.y} class={learnt} size={6} />
      </Plane>
      <p className="overfitting-key" aria-hidden="true">
        <span>
          <Sample class={learnt} /> learnt from
        </span>
        <span>
          <Sample class={kept} /> kept apart
        </span>
        <span>
          <KeySample>
            <path className="viz-curve" d="M-14 0H14" />
          </KeySample>
          the net, ŷ
        </span>
        <span>
          <KeySample>
            <path className="viz-curve viz-thin viz-dashed" d="M-14 0H14" />
          </KeySample>
          the truth
        </span>
      </p>
    </div>
  );
}

function Sample({ class: index }: { readonly class: number }) {
  return (
    <KeySample>
      <DataMark class={index} size={index === learnt ? 5 : 4} />
    </KeySample>
  );
}

interface PointsProps {
  readonly x: NDArray | undefined;
  readonly y: NDArray | undefined;
  readonly class: number;
  readonly size: number;
}

function Points({ x: xs, y: ys, class: index, size }: PointsProps) {
  const { x, y } = usePlane();
  return (
    <Clipped>
      {Array.from(xs?.data ?? [], (at, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the data
        <g key={i} transform={`translate(${x(at)} ${y(entry(ys, i))})`}>
          <DataMark class={index} size={size} />
        </g>
      ))}
    </Clipped>
  );
}

/** Both losses by step, with the step at which training had better stopped. */
function Losses({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const { steps, others } = frame.curve;
  const train = others?.L_data ?? [];
  const held = others?.[heldLoss] ?? [];
  const domain = decadesOf([...train, ...held]);
  const end = Math.max(50, steps.at(-1) ?? 0);
  const best = bestStep(frame);
  const line = (losses: readonly number[]) =>
    steps.map((step, i): [number, number] => [step, decade(losses[i] ?? Number.NaN)]);
  return (
    <div className="overfitting-losses">
      <Plane
        x={{ domain: [0, end], label: "step", ticks: stepTicks(end) }}
        y={{
          domain,
          label: "loss",
          sym: "L",
          ticks: decadeTicks(domain),
          tickText: powerOfTenText,
        }}
        width={360}
        height={300}
        label="The loss by step: on the points learnt from, and on those kept apart"
      >
        <Curve points={line(train)} colour="var(--class-1)" />
        <Curve points={line(held)} colour="var(--class-0)" />
        {best && <Best {...best} now={frame.step} last={steps.at(-1) ?? 0} />}
      </Plane>
      <p className="overfitting-key">
        <span>
          <Sample class={learnt} /> learnt from{" "}
          <strong>{numberText(entry(frame.values.L_data))}</strong>
        </span>
        <span>
          <Sample class={kept} /> kept apart{" "}
          <strong>{numberText(entry(frame.values[heldLoss]))}</strong>
        </span>
      </p>
      <p className="overfitting-stop">
        <button
          type="button"
          disabled={isStill || !best || best.step === frame.step}
          onClick={() => best && lab.seek(best.step)}
        >
          Back to step {best?.step ?? 0}
        </button>
        <span>
          Least on the points kept apart: {best ? numberText(best.loss) : "not known yet"}
        </span>
      </p>
    </div>
  );
}

function stepTicks(end: number): number[] {
  const step = tickStep(end, 4);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}

interface BestProps {
  readonly step: number;
  readonly loss: number;
  readonly now: number;
  readonly last: number;
}

/** Marks the best step, and where training stands. */
function Best({ step, loss, now, last }: BestProps) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  const isLate = x(step) > (x.range[0] + x.range[1]) / 2;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g aria-hidden="true">
      <path className="overfitting-now" d={`M${x(now)} ${bottom}V${top}`} />
      <path className="overfitting-best" d={`M${x(step)} ${bottom}V${top}`} />
      <circle className="overfitting-least" cx={x(step)} cy={y(decade(loss))} r="5" />
      {last > 1.1 * step && (
        <text
          x={x(step) + (isLate ? -7 : 7)}
          y={top + 8}
          className="overfitting-best-text"
          textAnchor={isLate ? "end" : "start"}
        >
          least: stop here
        </text>
      )}
    </g>
  );
}
