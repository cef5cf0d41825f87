import type { NDArray } from "../../../src/data/ndarray.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { decade, decadesOf, decadeTicks } from "../../../src/viz/logAxis.ts";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { singularValues } from "../../../src/viz/singularValues.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { gradientSizes, stopOf, units } from "../gradientLab.ts";

type Points = readonly (readonly [number, number])[];

/** |∂L/∂h_t| at every step that the walk has reached, and how much each Jacobian stretches. */
export function GradientSizes({ frame, projected }: Pick<FigureProps, "frame" | "projected">) {
  const steps = Number(frame.config.steps);
  const stop = stopOf(frame);
  const from = stop.kind === "backward" ? stop.t : steps + 1;
  const sizes = gradientSizes(frame);
  const domain = decadesOf(sizes);
  const lengths = sizes.map((size, i): [number, number] => [i + 1, decade(size)]);
  const stretches = jacobianStretches(frame.values["steps.*.J"]);
  const most = Math.max(1.5, ...stretches.map(([largest]) => largest ?? 0));
  const values = (which: number): Points =>
    stretches.flatMap((pair, i) => (i === 0 ? [] : [[i + 1, pair[which] ?? Number.NaN] as const]));
  const x = { domain: [0.5, steps + 0.5] as const, label: "step t", ticks: stepTicks(steps) };
  const height = projected ? 300 : 270;
  return (
    <>
      <div>
        <Plane
          x={x}
          y={{
            domain,
            label: "length of the gradient at h",
            ticks: decadeTicks(domain, 5),
            tickText: powerOfTenText,
          }}
          width={440}
          height={height}
          label="The length of the gradient at each state, on a logarithmic scale"
        >
          <Curve points={lengths.filter(([t]) => t >= from)} />
          <Marks points={lengths.filter(([t]) => t >= from)} />
        </Plane>
      </div>
      <div>
        <Plane
          x={x}
          y={{ domain: [0, Math.ceil(most * 2) / 2], label: "singular values of J", ticks: 4 }}
          width={440}
          height={height}
          label="The singular values of the Jacobian of each step"
        >
          <Curve f={() => 1} thin dashed />
          <Curve points={values(0)} sym="steps.2.J" />
          <Marks points={values(0)} />
          <Curve points={values(1)} sym="steps.2.J" thin />
          <Marks points={values(1)} hollow />
        </Plane>
      </div>
    </>
  );
}

/** The singular values of each step's Jacobian, largest first. */
export function jacobianStretches(J: NDArray | undefined): number[][] {
  const size = units * units;
  return Array.from({ length: (J?.data.length ?? 0) / size }, (_, i) =>
    singularValues(J?.data.subarray(i * size, (i + 1) * size) ?? [], units, units),
  );
}

function stepTicks(steps: number): number[] {
  const gap = Math.max(1, Math.ceil(steps / 8));
  return Array.from({ length: Math.ceil(steps / gap) }, (_, i) => 1 + i * gap);
}

function Marks({ points, hollow = false }: { readonly points: Points; readonly hollow?: boolean }) {
  const { x, y } = usePlane();
  return points.map(
    ([t, at]) =>
      Number.isFinite(at) && (
        <circle
          key={t}
          className={hollow ? "through-mark through-hollow" : "through-mark"}
          cx={x(t)}
          cy={y(at)}
          r="3.5"
        >
          <title>{`step ${t}: ${numberText(at)}`}</title>
        </circle>
      ),
  );
}
