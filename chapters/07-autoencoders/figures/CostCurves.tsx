import "./costCurves.css";
import { entry } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { tickStep, tickText } from "../../../src/viz/scale.ts";

interface CostCurvesProps {
  readonly frame: Frame;
  /** The probe on which the curve records reconstruction and KL. */
  readonly probe: string;
}

/** The two costs of a picture by step, each on a scale of its own: given its code, and of the code. */
export function CostCurves({ frame, probe }: CostCurvesProps) {
  return (
    <div className="cost-curves">
      <Cost
        frame={frame}
        name={`reconstruction@${probe}`}
        label="reconstruction, nats"
        least={20}
      />
      <Cost frame={frame} name={`KL@${probe}`} label="KL, nats" least={1} />
    </div>
  );
}

interface CostProps {
  readonly frame: Frame;
  readonly name: string;
  readonly label: string;
  /** The axis goes up at least so far. */
  readonly least: number;
}

function Cost({ frame, name, label, least }: CostProps) {
  const { steps, others } = frame.curve;
  const costs = others?.[name] ?? [];
  const now = costs.at(-1) ?? entry(frame.values[name]);
  const end = Math.max(100, steps.at(-1) ?? 0);
  const most = Math.max(least, ...[...costs, now].filter(Number.isFinite));
  const [stride, rise] = [tickStep(end, 4), tickStep(most, 4)];
  const top = Math.ceil(most / rise) * rise;
  const upTo = (limit: number, step: number) =>
    Array.from({ length: Math.floor(limit / step + 1e-9) + 1 }, (_, i) => i * step);
  return (
    <Plane
      x={{ domain: [0, end], label: "step", ticks: upTo(end, stride) }}
      y={{
        domain: [0, top],
        label: `${label}: ${numberText(now)}`,
        ticks: upTo(top, rise),
        tickText: (at) => tickText(at, rise),
      }}
      width={400}
      height={200}
      label={`${label} by step, now ${numberText(now)}`}
    >
      <Curve points={steps.map((step, i) => [step, costs[i] ?? Number.NaN] as const)} />
      <Now step={frame.step} cost={now} />
    </Plane>
  );
}

/** Where it stands: all that there is before the first step. */
function Now({ step, cost }: { readonly step: number; readonly cost: number }) {
  const { x, y } = usePlane();
  if (!Number.isFinite(cost)) return null;
  return <circle className="cost-now" cx={x(step)} cy={y(cost)} r={4} />;
}
