import "./figures.css";
import type { CSSProperties } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { Bars } from "../../../src/viz/Bars.tsx";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { clamp, type Domain } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import type { Write } from "../../../src/widgets/gesture.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { curveRange } from "../labs.ts";
import { numbers, subscript } from "../words.ts";
import { curvePoints, heightOf } from "./curves.ts";

const dinnerNames = ["hunger", "pizza", "burrito"];

/** One neuron, read from left to right: inputs times weights, stacked to z, through the curve to ŷ. */
export function Neuron({ frame, lab }: FigureProps) {
  const w = numbers(frame.values.w);
  const n = w.length;
  const x = numbers(frame.input.x).slice(0, n);
  const p = numbers(frame.values.p).slice(0, n);
  const b = entry(frame.values.b);
  const y = entry(frame.data.y);
  const z = entry(frame.values.z);
  const y_hat = entry(frame.values.y_hat);
  const names = frame.config.names === "dinner" ? dinnerNames : [];

  /** The example is both what is shown and what is learnt, unless the console has set another input. */
  const isOwnInput = String(numbers(frame.input.x)) !== String(numbers(frame.data.x));
  const setX = (next: readonly number[], gesture: string) =>
    isOwnInput ? lab.input({ x: [next] }, gesture) : lab.data({ x: [next], y: [y] }, gesture);

  return (
    <div className="neuron" data-names={frame.config.names}>
      <div className="neuron-sum">
        <p className="neuron-heads" aria-hidden="true">
          <span>inputs × weights</span>
          <span>add up to z</span>
        </p>
        <Bars
          label={`Contributions of the inputs and the bias; they add up to z = ${numberText(z)}`}
          items={[
            ...w.map((weight, i) => ({
              label: (
                <Product
                  index={i}
                  name={names[i]}
                  x={x[i] ?? 0}
                  w={weight}
                  onX={(value, gesture) => setX(x.with(i, value), gesture)}
                  onW={(value, gesture) => lab.write("w", w.with(i, value), gesture)}
                />
              ),
              value: p[i] ?? 0,
              sym: "p",
            })),
            {
              label: <Bias b={b} onB={(value, gesture) => lab.write("b", value, gesture)} />,
              value: b,
              sym: "b",
            },
          ]}
          total={{ label: <span className="neuron-total">z</span>, sym: "z" }}
        />
      </div>
      <div className="neuron-answer">
        <p className="neuron-heads" aria-hidden="true">
          <span className="neuron-curve-head">the curve turns z into ŷ</span>
        </p>
        <ActivationPlane frame={frame} z={z} y_hat={y_hat} y={y} />
        <p className="neuron-says">
          <span data-sym="y_hat">
            ŷ = <strong>{numberText(y_hat)}</strong>
          </span>
          <span className="neuron-target">
            wanted: <span data-sym="y">y</span> =
            <NumberField
              value={y}
              min={-1}
              max={1}
              width={5}
              label="target y"
              sym="y"
              onChange={(value, gesture) =>
                lab.data({ x: [numbers(frame.data.x)], y: [value] }, gesture)
              }
            />
          </span>
        </p>
      </div>
    </div>
  );
}

interface ProductProps {
  readonly index: number;
  readonly name: string | undefined;
  readonly x: number;
  readonly w: number;
  readonly onX: Write<number>;
  readonly onW: Write<number>;
}

/** One input and its weight, on the edge that leads to the sum. */
function Product({ index, name, x, w, onX, onW }: ProductProps) {
  const i = subscript(index + 1);
  return (
    <span className="neuron-product">
      <span className="neuron-name" data-sym="x">
        {name ?? `x${i}`}
      </span>
      <NumberField value={x} onChange={onX} label={name ?? `input x${i}`} width={5} sym="x" />
      <Edge w={w} />
      <span className="neuron-name" data-sym="w">
        w{i}
      </span>
      <NumberField value={w} onChange={onW} label={`weight w${i}`} width={5} sym="w" />
      <Edge w={w} />
    </span>
  );
}

function Bias({ b, onB }: { readonly b: number; readonly onB: Write<number> }) {
  return (
    <span className="neuron-product neuron-bias">
      <span className="neuron-name neuron-bias-name">bias</span>
      <span className="neuron-name" data-sym="b">
        b
      </span>
      <NumberField value={b} onChange={onB} label="bias b" width={5} sym="b" />
      <Edge w={b} />
    </span>
  );
}

/** Thickness is the size of the weight, colour its sign. */
function Edge({ w }: { readonly w: number }) {
  const style = {
    "--edge-width": `${clamp(Math.abs(w) * 4, 1, 14)}px`,
    "--edge": w === 0 ? "var(--rule)" : w > 0 ? "var(--positive)" : "var(--negative)",
  } as CSSProperties;
  return <span className="neuron-edge" style={style} aria-hidden="true" />;
}

interface ActivationPlaneProps {
  readonly frame: FigureProps["frame"];
  readonly z: number;
  readonly y_hat: number;
  readonly y: number;
}

function ActivationPlane({ frame, z, y_hat, y }: ActivationPlaneProps) {
  const { activation } = frame.config;
  const domain: Domain = [curveRange.from, curveRange.to];
  const height = heightOf(activation);
  return (
    <Plane
      x={{ domain, label: "z", sym: "z", ticks: [-6, -4, -2, 0, 2, 4, 6] }}
      y={{ domain: height, label: "ŷ", sym: "y_hat", ticks: 4 }}
      width={420}
      height={290}
      label={`The activation function: at z = ${numberText(z)} it answers ${numberText(y_hat)}`}
    >
      <Curve
        points={[
          [domain[0], y],
          [domain[1], y],
        ]}
        thin
        dashed
        sym="y"
      />
      <Curve points={curvePoints(frame.values["y_hat@curve"], activation)} sym="g" />
      <Reading z={clamp(z, ...domain)} y_hat={clamp(y_hat, ...height)} />
    </Plane>
  );
}

/** The point (z, ŷ), with the lines by which it is read off. */
function Reading({ z, y_hat }: { readonly z: number; readonly y_hat: number }) {
  const { x, y } = usePlane();
  const [left] = x.range;
  const [bottom] = y.range;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the reading takes no focus
    <g aria-hidden="true">
      <path
        className="viz-curve viz-thin neuron-reading"
        d={`M${x(z)} ${bottom}V${y(y_hat)}H${left}`}
      />
      <circle className="neuron-point" cx={x(z)} cy={y(y_hat)} />
    </g>
  );
}
