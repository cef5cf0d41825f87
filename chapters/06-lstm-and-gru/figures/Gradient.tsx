import "./gradient.css";
import { type PointerEvent, type ReactNode, useMemo } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { decade, decadeTicks } from "../../../src/viz/logAxis.ts";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { Domain } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { type Flow, flowOf, jacobianAt } from "../gradientLab.ts";

const biases = [
  { value: "same", label: "the same" },
  { value: "chrono", label: "spread (chrono)" },
] as const;

/** Below this a nudge is lost in the rounding of any number it is added to; the plot ends here. */
const floor = -20;
const walk = "walk along the sequence";

/** How strongly the end of a sequence feels each of its steps, in two or three cells. */
export function Gradient({ frame, lab, projected }: FigureProps) {
  const flow = useMemo(() => flowOf(frame), [frame]);
  const { config } = frame;
  const T = flow.rnn.length;
  const step = Math.max(1, Math.min(Number(config.step), T));
  const set = (name: string) => (value: number, gesture: string) =>
    lab.configure({ [name]: value }, gesture);
  return (
    <div className="flow">
      <div className="flow-settings">
        {config.bias === "same" && (
          <Slider
            label="Forget bias"
            min={-3}
            max={8}
            step={0.25}
            value={Number(config.forgetBias)}
            valueText={(b) => `${numberText(b)}, σ(b) = ${numberText(1 / (1 + Math.exp(-b)))}`}
            onChange={set("forgetBias")}
          />
        )}
        <Slider
          label="Recurrent weights ×"
          min={-1}
          max={0.6}
          step={0.05}
          value={Math.log10(Number(config.gain))}
          valueText={(exponent) => numberText(gainAt(exponent), 2)}
          onChange={(exponent, gesture) => lab.configure({ gain: gainAt(exponent) }, gesture)}
        />
        <Slider
          label="Steps T"
          min={5}
          max={150}
          step={1}
          value={Number(config.length)}
          onChange={set("length")}
        />
        <Segmented
          label="Forget bias of the units"
          value={String(config.bias)}
          options={biases}
          onChange={(bias) => lab.configure({ bias })}
        />
        <Toggle
          label="GRU too"
          value={config.gru === true}
          onChange={(gru) => lab.configure({ gru })}
        />
      </div>
      <Plot
        flow={flow}
        step={step}
        projected={projected}
        onChoose={(t) => lab.configure({ step: t }, walk)}
      />
      <Jacobians frame={frame} step={step} T={T} flow={flow} />
      <Slider
        label="Step t"
        min={1}
        max={Math.max(2, T)}
        step={1}
        value={step}
        valueText={(at) => `${at} of ${T}`}
        onChange={set("step")}
      />
    </div>
  );
}

const gainAt = (exponent: number): number => Number((10 ** exponent).toPrecision(3));

/** The lines of the plot: which of the flow, how it is drawn and called. */
const lines = [
  { of: "rnn", label: "RNN", state: "h", className: "flow-rnn", dashed: false },
  { of: "lstm", label: "LSTM", state: "c", className: "flow-lstm", dashed: false },
  {
    of: "direct",
    label: "LSTM, forget gates alone",
    state: null,
    className: "flow-lstm",
    dashed: true,
  },
  { of: "gru", label: "GRU", state: "h", className: "flow-gru", dashed: false },
  {
    of: "directGru",
    label: "GRU, update gates alone",
    state: null,
    className: "flow-gru",
    dashed: true,
  },
] as const;

/** ∂c₄₀/∂c₂₀. */
function derivative(state: string, T: number, t: number): ReactNode {
  return (
    <>
      ∂{state}
      <sub>{T}</sub>/∂{state}
      <sub>{t}</sub>
    </>
  );
}

interface PlotProps {
  readonly flow: Flow;
  readonly step: number;
  readonly projected: boolean;
  readonly onChoose: (step: number) => unknown;
}

function domainOf(flow: Flow): Domain {
  const all = lines.flatMap(({ of }) => flow[of].map(decade)).filter(Number.isFinite);
  const [low, high] = [Math.min(-2, ...all), Math.max(1, ...all)];
  return [Math.max(floor, Math.floor(low)), Math.min(20, Math.ceil(high))];
}

function Plot({ flow, step, projected, onChoose }: PlotProps) {
  const T = flow.rnn.length;
  const domain = domainOf(flow);
  const shown = lines.filter(({ of }) => flow[of].length > 0);
  return (
    <div className="flow-plot">
      <Plane
        x={{ domain: [1, Math.max(2, T)], label: "step t" }}
        y={{
          domain,
          label: "most that a nudge at t grows by until T",
          ticks: decadeTicks(domain, projected ? 5 : 8),
          tickText: powerOfTenText,
        }}
        width={680}
        height={380}
        label="How strongly the last state feels each earlier one, on a logarithmic scale"
      >
        <Chooser T={T} step={step} onChoose={onChoose} />
        {shown.map(({ of, className, dashed }) => (
          <g key={of} className={className}>
            <Curve
              points={flow[of].map((value, i): [number, number] => [i + 1, decade(value)])}
              dashed={dashed}
            />
          </g>
        ))}
      </Plane>
      <ul className="flow-key">
        {shown.map(({ of, label, state, className, dashed }) => (
          <li key={of} className={className}>
            <svg className="flow-sample" viewBox="0 0 28 8" aria-hidden="true">
              <path className={`viz-curve${dashed ? " viz-dashed" : ""}`} d="M0 4H28" />
            </svg>
            {label}
            {state && <>, {derivative(state, T, step)}</>}:{" "}
            <strong>{numberText(flow[of][step - 1], 2)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ChooserProps {
  readonly T: number;
  readonly step: number;
  readonly onChoose: (step: number) => unknown;
}

/** The plotted area takes a press for the choice of a step. The slider below does the same by key. */
function Chooser({ T, step, onChoose }: ChooserProps) {
  const { x, y, svg } = usePlane();
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const choose = (event: PointerEvent): void => {
    const box = svg.current?.getBoundingClientRect();
    const width = svg.current?.viewBox.baseVal.width;
    if (!box || !width || (event.type === "pointermove" && event.buttons !== 1)) return;
    const at = ((event.clientX - box.left) / box.width) * width;
    const t = 1 + ((at - left) / (right - left)) * (Math.max(2, T) - 1);
    onChoose(Math.min(T, Math.max(1, Math.round(t))));
  };
  return (
    <g>
      <line className="flow-chosen" x1={x(step)} x2={x(step)} y1={bottom} y2={top} />
      <rect
        className="flow-chooser"
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        onPointerDown={choose}
        onPointerMove={choose}
      />
    </g>
  );
}

interface JacobiansProps extends Pick<FigureProps, "frame"> {
  readonly step: number;
  readonly T: number;
  readonly flow: Flow;
}

/** The two Jacobians of the chosen step, entry by entry, each on a scale of its own. */
function Jacobians({ frame, step, T, flow }: JacobiansProps) {
  const shown = [
    { name: "RNN", watch: "grad rnn.steps.*.h", state: "h", size: flow.rnn[step - 1] },
    { name: "LSTM", watch: "grad lstm.steps.*.c", state: "c", size: flow.lstm[step - 1] },
  ];
  return (
    <div className="flow-jacobians">
      {shown.map(({ name, watch, state, size }) => {
        const values = jacobianAt(frame.values[watch], step);
        return (
          values && (
            <figure key={name}>
              <figcaption>
                {name}: {derivative(state, T, step)} stretches by {numberText(size, 2)} at most
              </figcaption>
              <Heatmap
                values={values}
                label={`${name}: how each entry of the last ${state} feels each entry of ${state} at step ${step}`}
                legend
              />
            </figure>
          )
        );
      })}
    </div>
  );
}
