import "./kl.css";
import { niceReach } from "../../../src/viz/Bars.tsx";
import { Curve } from "../../../src/viz/Curve.tsx";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { bellsOf, deviationRange, divergencesOf, meanReach, nameOf } from "../klLab.ts";
import { klAxis, klStart } from "../klNumbers.ts";
import { Estimates } from "./Estimates.tsx";

const zReach = 6;
const zAxis = { domain: [-zReach, zReach], label: "z", ticks: 7 } as const;
const tallest = 1.35;

/** Two bells to drag, the two divergences between them, what is added up, and what draws say of it. */
export function Kl({ frame, lab }: FigureProps) {
  return (
    <div className="kl">
      <div className="kl-curves">
        <Bells frame={frame} lab={lab} />
        <Integrand frame={frame} />
      </div>
      <div className="kl-numbers">
        <Divergences frame={frame} lab={lab} />
        <Numbers frame={frame} lab={lab} />
        <Estimates frame={frame} lab={lab} />
      </div>
    </div>
  );
}

type Part = Pick<FigureProps, "frame" | "lab">;

/** Every so many points are drawn: the curves are smooth, and the build's still picture has to be light. */
const stride = typeof document === "undefined" ? 8 : 2;
const drawn = Array.from({ length: Math.ceil(klAxis.length / stride) }, (_, i) => i * stride);

const along = (values: ArrayLike<number> | undefined) =>
  drawn.map((i) => [klAxis[i] ?? 0, values?.[i] ?? Number.NaN] as const);

function Bells({ frame, lab }: Part) {
  const { density_q, density_p } = frame.values;
  return (
    <Plane
      x={zAxis}
      y={{ domain: [0, tallest], label: "density", ticks: [0, 0.5, 1], tickText: String }}
      width={520}
      height={270}
      label="The densities of q and of p"
    >
      <Curve points={along(density_p?.data)} sym="p" />
      <Curve points={along(density_q?.data)} sym="q" />
      <Handles frame={frame} lab={lab} who="p" />
      <Handles frame={frame} lab={lab} who="q" />
    </Plane>
  );
}

const peak = (sigma: number) => 1 / (sigma * Math.sqrt(2 * Math.PI));

/** The handles of a bell: its top moves the mean, its side the deviation. */
function Handles({ frame, lab, who }: Part & { readonly who: "q" | "p" }) {
  const { mu, sigma } = bellsOf(frame)[who];
  if (!Number.isFinite(mu + sigma)) return null;
  const isHalved = who === "p" && frame.config.twoHumps === true;
  const height = Math.min(tallest, peak(sigma) * (isHalved ? 0.5 : 1));
  const side = height * Math.exp(-0.5);
  const bounds = { y: [0, tallest] } as const;
  return (
    <>
      <Movable
        at={[mu, height]}
        axis="x"
        step={0.1}
        bounds={{ ...bounds, x: [-meanReach, meanReach] }}
        label={`The mean of ${who}`}
        valueText={([at]) => numberText(at)}
        onMove={([at], gesture) => lab.write(`mu_${who}`, at, gesture)}
        sym={who}
      />
      <Movable
        at={[mu + sigma, side]}
        axis="x"
        step={0.05}
        bounds={{ ...bounds, x: [mu + deviationRange[0], mu + deviationRange[1]] }}
        label={`The deviation of ${who}`}
        valueText={([at]) => numberText(at - mu)}
        onMove={([at], gesture) => lab.write(`log_var_${who}`, 2 * Math.log(at - mu), gesture)}
        sym={who}
      />
      <Name who={who} at={[mu, height]} />
    </>
  );
}

function Name({ who, at }: { readonly who: string; readonly at: readonly [number, number] }) {
  const { x, y } = usePlane();
  return (
    <text className="kl-name" data-sym={who} x={x(at[0]) - 16} y={y(at[1]) - 12}>
      {who}
    </text>
  );
}

/** What is added up: its area is the divergence. */
function Integrand({ frame }: Pick<FigureProps, "frame">) {
  const values = frame.values.integrand?.data ?? new Float32Array();
  const reach = niceReach(Math.max(0.2, extentOf(values).maximum));
  const [a, b] = frame.config.direction === "qp" ? ["q", "p"] : ["p", "q"];
  return (
    <Plane
      x={zAxis}
      y={{ domain: [-0.4 * reach, reach], label: `${a}(z) log(${a}(z) / ${b}(z))`, ticks: 3 }}
      width={520}
      height={230}
      label={`What is added up for ${nameOf(frame.config.direction ?? "qp")}: above the line less below it`}
    >
      <Area values={values} />
    </Plane>
  );
}

function Area({ values }: { readonly values: ArrayLike<number> }) {
  const { x, y } = usePlane();
  const path = (sign: 1 | -1) => {
    const edge = drawn.map((i) => {
      const height = sign * Math.max(0, sign * (values[i] ?? 0));
      return `L${x(klAxis[i] ?? 0).toFixed(1)} ${y(height).toFixed(1)}`;
    });
    return `M${x(klAxis[0] ?? 0)} ${y(0)}${edge.join("")}V${y(0)}z`;
  };
  return (
    <Clipped>
      <path className="kl-above" d={path(1)} />
      <path className="kl-below" d={path(-1)} />
    </Clipped>
  );
}

/** Means and deviations, to be typed. */
function Numbers({ frame, lab }: Part) {
  const bells = bellsOf(frame);
  return (
    <table className="kl-table">
      <thead>
        <tr>
          <td />
          <th scope="col">mean μ</th>
          <th scope="col">deviation σ</th>
        </tr>
      </thead>
      <tbody>
        {(["q", "p"] as const).map((who) => (
          <tr key={who}>
            <th scope="row" data-sym={who}>
              {who}
            </th>
            <td>
              <NumberField
                label={`The mean of ${who}`}
                value={bells[who].mu}
                initial={klStart[`mu_${who}`]}
                min={-meanReach}
                max={meanReach}
                step={0.1}
                onChange={(mu, gesture) => lab.write(`mu_${who}`, mu, gesture)}
              />
            </td>
            <td>
              <NumberField
                label={`The deviation of ${who}`}
                value={bells[who].sigma}
                initial={Math.exp(klStart[`log_var_${who}`] / 2)}
                min={deviationRange[0]}
                max={deviationRange[1]}
                step={0.05}
                onChange={(sigma, gesture) =>
                  lab.write(`log_var_${who}`, 2 * Math.log(sigma), gesture)
                }
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Both divergences; a press chooses which is looked at. */
function Divergences({ frame, lab }: Part) {
  const { qp, pq } = divergencesOf(frame);
  const both = [
    { value: "qp", number: qp, sym: "KL_qp" },
    { value: "pq", number: pq, sym: "KL_pq" },
  ] as const;
  return (
    <div className="kl-both">
      {both.map(({ value, number, sym }) => (
        <button
          key={value}
          type="button"
          aria-pressed={frame.config.direction === value}
          data-sym={sym}
          onClick={() => lab.configure({ direction: value })}
        >
          <span>{nameOf(value)}</span>
          <strong>{numberText(number)}</strong>
          <span>nats</span>
        </button>
      ))}
    </div>
  );
}
