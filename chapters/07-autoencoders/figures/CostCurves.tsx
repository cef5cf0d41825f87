import type { Frame } from "../../../src/training/lab.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { tickStep } from "../../../src/viz/scale.ts";

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
  const end = Math.max(100, steps.at(-1) ?? 0);
  const most = Math.max(least, ...costs.filter(Number.isFinite));
  const [stride, rise] = [tickStep(end, 4), tickStep(most, 4)];
  const top = Math.ceil(most / rise) * rise;
  const upTo = (limit: number, step: number) =>
    Array.from({ length: Math.floor(limit / step + 1e-9) + 1 }, (_, i) => i * step);
  return (
    <Plane
      x={{ domain: [0, end], label: "step", ticks: upTo(end, stride) }}
      y={{ domain: [0, top], label, ticks: upTo(top, rise) }}
      width={320}
      height={220}
      label={`${label} by step, now ${numberText(costs.at(-1))}`}
    >
      <Curve points={steps.map((step, i) => [step, costs[i] ?? Number.NaN] as const)} />
    </Plane>
  );
}
