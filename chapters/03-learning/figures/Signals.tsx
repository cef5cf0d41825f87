import "./signals.css";
import { type CSSProperties, useMemo, useState } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { type Spread, spreadOf } from "../../../src/viz/histogram.ts";
import { decade, decadesOf, decadeTicks } from "../../../src/viz/logAxis.ts";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { type LayerSignals, signalsOf } from "../signalsLab.ts";
import { KeySample } from "./KeySample.tsx";
import { Ridge } from "./Ridge.tsx";

const scales = [
  { value: "one", label: "one for all layers" },
  { value: "own", label: "each layer’s own" },
] as const;
type Scale = (typeof scales)[number]["value"];

const gradients = [
  { value: "z", label: "its sums z" },
  { value: "W", label: "its weights W" },
] as const;

interface Row extends LayerSignals {
  readonly a: Spread;
  readonly g: Spread;
}

/** Every layer of a deep net in a row: how its activations lie, how its gradients, and how large both are. */
export function Signals({ frame, lab, projected }: FigureProps) {
  const [scale, setScale] = useState<Scale>("one");
  const rows = useMemo(
    () =>
      signalsOf(frame).map(
        (layer): Row => ({
          ...layer,
          a: spreadOf(layer.activations),
          g: spreadOf(layer.gradients),
        }),
      ),
    [frame],
  );
  const gradient = String(frame.config.gradient);
  return (
    <div className="signals">
      <div className="signals-choices">
        <Segmented
          label="Scale"
          value={scale}
          options={scales}
          onChange={(next) => setScale(next as Scale)}
        />
        <Segmented
          label="Gradient at"
          value={gradient}
          options={gradients}
          onChange={(next) => lab.configure({ gradient: next })}
        />
      </div>
      <Rows rows={rows} scale={scale} gradient={gradient} />
      <Sizes rows={rows} projected={projected} />
    </div>
  );
}

/** The reach of a picture that shows nearly all of these values: three times their size, or all there is. */
function reachOf(spreads: readonly Spread[]): number {
  const reach = Math.max(...spreads.map(({ size, largest }) => Math.min(3 * size, largest)));
  return reach > 0 && Number.isFinite(reach) ? reach : 1;
}

interface RowsProps {
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly gradient: string;
}

function Rows({ rows, scale, gradient }: RowsProps) {
  const common = { a: reachOf(rows.map(({ a }) => a)), g: reachOf(rows.map(({ g }) => g)) };
  const reach = (row: Row, of: "a" | "g") => (scale === "one" ? common[of] : reachOf([row[of]]));
  const ends = (of: "a" | "g") =>
    scale === "one" ? `±${sizeText(common[of])}` : "each its own scale";
  return (
    <table className="signals-rows" style={{ "--rows": rows.length } as CSSProperties}>
      <thead>
        <tr>
          <th scope="col">
            <span className="signals-long">layer</span>
          </th>
          <th scope="col">
            activations a <span className="signals-ends">{ends("a")}</span>
          </th>
          <th scope="col">
            <abbr title="standard deviation">s.d.</abbr>
          </th>
          <th scope="col">
            gradient at {gradient} <span className="signals-ends">{ends("g")}</span>
          </th>
          <th scope="col">
            <abbr title="standard deviation">s.d.</abbr>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the net
          <tr key={i}>
            <th scope="row">{i + 1}</th>
            <td title={inWords(row.a)}>
              <Ridge values={row.activations} spread={row.a} reach={reach(row, "a")} />
            </td>
            <td className="signals-number">{sizeText(row.a.deviation)}</td>
            <td title={inWords(row.g)}>
              <Ridge values={row.gradients} spread={row.g} reach={reach(row, "g")} />
            </td>
            <td className="signals-number">{sizeText(row.g.deviation)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Two digits, with a power of ten already from 10,000 on, so that every size has room. */
function sizeText(size: number): string {
  if (!(size >= 1e4) || !Number.isFinite(size)) return numberText(size, 2);
  const exponent = Math.floor(Math.log10(size));
  return `${(size / 10 ** exponent).toFixed(1)}×${powerOfTenText(exponent)}`;
}

function inWords({ count, mean, deviation, largest, zeros }: Spread): string {
  const share = count === 0 ? 0 : (100 * zeros) / count;
  return `${count} numbers: mean ${numberText(mean)}, standard deviation ${numberText(deviation)}, at most ${numberText(largest)} from 0; ${numberText(share, 2)} % are exactly 0`;
}

interface SizesProps {
  readonly rows: readonly Row[];
  readonly projected: boolean;
}

/** The deviation of each layer on a scale of decades, where a constant factor a layer is a straight line. */
function Sizes({ rows, projected }: SizesProps) {
  const deviations = rows.flatMap(({ a, g }) => [a.deviation, g.deviation]);
  const domain = decadesOf(deviations);
  const line = (of: "a" | "g") =>
    rows.map((row, i): [number, number] => [i + 1, decade(row[of].deviation)]);
  const [a, g] = [line("a"), line("g")];
  const last = Math.max(2, rows.length);
  return (
    <div className="signals-sizes">
      <Plane
        x={{ domain: [0.5, last + 0.5], label: "layer", ticks: layerTicks(rows.length) }}
        y={{
          domain,
          label: "standard deviation",
          ticks: decadeTicks(domain, projected ? 4 : 6),
          tickText: powerOfTenText,
        }}
        width={340}
        height={340}
        label="The standard deviation of activations and gradients by layer, on a logarithmic scale"
      >
        <Curve points={a} />
        <Marks points={a} />
        <Curve points={g} dashed thin />
        <Marks points={g} hollow />
      </Plane>
      <p className="signals-key" aria-hidden="true">
        <span>
          <KeySample>
            <path className="viz-curve" d="M-14 0H14" />
            <circle className="signals-mark" r="4" />
          </KeySample>
          activations
        </span>
        <span>
          <KeySample>
            <path className="viz-curve viz-thin viz-dashed" d="M-14 0H14" />
            <circle className="signals-mark signals-hollow" r="4" />
          </KeySample>
          gradients
        </span>
      </p>
    </div>
  );
}

/** Whole numbers from 1 to the last layer, about six of them. */
function layerTicks(layers: number): number[] {
  const step = Math.max(1, Math.ceil(layers / 6));
  return Array.from({ length: Math.ceil(layers / step) }, (_, i) => 1 + i * step);
}

interface MarksProps {
  readonly points: readonly (readonly [number, number])[];
  readonly hollow?: boolean;
}

function Marks({ points, hollow = false }: MarksProps) {
  const { x, y } = usePlane();
  return points.map(
    ([layer, at]) =>
      Number.isFinite(at) && (
        <circle
          key={layer}
          className={hollow ? "signals-mark signals-hollow" : "signals-mark"}
          cx={x(layer)}
          cy={y(at)}
          r="3.5"
        />
      ),
  );
}
