import "./figures.css";
import { useState } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { clamp, type Domain } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { PlaneGround } from "../../../src/widgets/PlaneGround.tsx";
import type { Place } from "../../../src/widgets/useMovable.ts";
import { curveRange } from "../labs.ts";
import { curvePoints, flatStretches, heightOf, readOff } from "./curves.ts";

const domain: Domain = [curveRange.from, curveRange.to];

/** The z of a place in the plane, to a hundredth. */
const nearby = ([z]: Place): number => clamp(Math.round(z * 100) / 100, ...domain);

/** A curve, its derivative by automatic differentiation, and the tangent at a point of it. */
export function Activations({ frame, lab }: FigureProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const { activation } = frame.config;
  const flat = Number(frame.config.flat);
  const curve = frame.values["a@curve"];
  const derivative = frame.values["grad z@curve"];
  const z = entry(frame.values.z);
  const at = hovered ?? z;
  const height = hovered === null ? entry(frame.values.a) : readOff(curve, hovered);
  const slope = hovered === null ? entry(frame.values["grad z"]) : readOff(derivative, hovered);
  const setZ = (next: number, gesture: string) => lab.input({ x: [next] }, gesture);

  return (
    <div className="activations">
      <Plane
        x={{ domain, label: "z", sym: "z", ticks: [-6, -4, -2, 0, 2, 4, 6] }}
        y={{ domain: heightOf(activation), label: "g(z) and its slope", sym: "g", ticks: 5 }}
        width={500}
        height={320}
        label={`${activation}: at z = ${numberText(z)} the value is ${numberText(entry(frame.values.a))}`}
      >
        <FlatStretches stretches={flatStretches(derivative, flat)} />
        <Curve points={curvePoints(derivative, activation)} dashed thin />
        <Tangent at={at} height={height} slope={slope} />
        <Curve points={curvePoints(curve, activation)} sym="g" />
        <PlaneGround
          onHover={(place) => setHovered(place && nearby(place))}
          onChoose={(place, gesture) => setZ(nearby(place), gesture)}
        />
        {hovered !== null && <Ghost at={at} height={height} />}
        <Movable
          at={[clamp(z, ...domain), entry(frame.values.a)]}
          axis="x"
          step={0.1}
          label="z, a point on the curve"
          sym="z"
          constrain={([next]) => [next, readOff(curve, next)]}
          onMove={([next], gesture) => setZ(Math.round(next * 100) / 100, gesture)}
        />
      </Plane>
      <p className="activations-key" aria-hidden="true">
        <span className="key-line" /> g(z)
        <span className="key-line key-dashed" /> its slope g′(z)
        <span className="key-flat" /> flat: |g′(z)| below {numberText(flat, 2)}
      </p>
      <p className="activations-numbers">
        <span>
          <span data-sym="z">z</span> ={" "}
          {hovered === null ? (
            <NumberField value={z} onChange={setZ} label="z" sym="z" min={-100} max={100} />
          ) : (
            <span className="number-at">{numberText(hovered)}</span>
          )}
        </span>
        <span>
          <span data-sym="g">g</span>(z) = <span className="number-at">{numberText(height)}</span>
        </span>
        <span>
          slope g′(z) = <span className="number-at">{signedText(slope)}</span>
        </span>
      </p>
    </div>
  );
}

/** The parts of the axis on which the curve is nearly level. */
function FlatStretches({ stretches }: { readonly stretches: readonly Domain[] }) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  return stretches.map(([from, to]) => (
    <rect
      key={from}
      className="flat-stretch"
      x={x(from)}
      y={top}
      width={x(to) - x(from)}
      height={bottom - top}
    />
  ));
}

interface TangentProps {
  readonly at: number;
  readonly height: number;
  readonly slope: number;
}

function Tangent({ at, height, slope }: TangentProps) {
  const { x, y } = usePlane();
  const [dx, dy] = [x(1) - x(0), slope * (y(1) - y(0))];
  const reach = 105 / Math.hypot(dx, dy);
  const [px, py] = [x(at), y(height)];
  return (
    <Clipped>
      <path
        className="viz-curve tangent"
        d={`M${px - dx * reach} ${py - dy * reach}L${px + dx * reach} ${py + dy * reach}`}
      />
    </Clipped>
  );
}

function Ghost({ at, height }: { readonly at: number; readonly height: number }) {
  const { x, y } = usePlane();
  return <circle className="tangent-ghost" cx={x(at)} cy={y(height)} />;
}
