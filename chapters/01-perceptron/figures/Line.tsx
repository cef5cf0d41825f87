import "./figures.css";
import { useState } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { ColourLegend } from "../../../src/viz/ColourLegend.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture } from "../../../src/widgets/gesture.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { plane } from "../points.ts";
import { numbers } from "../words.ts";
import { DecisionLine } from "./DecisionLine.tsx";
import { Dots, type Tool, tools } from "./Dots.tsx";
import type { Line as LineOf } from "./geometry.ts";
import { NextStep } from "./NextStep.tsx";

const axis = { domain: [plane.from, plane.to] } as const;

/** Two inputs: the plane coloured by the answer, the line where it turns, and the dots to be parted. */
export function Line({ frame, lab }: FigureProps) {
  const [tool, setTool] = useState<Tool>("yes");
  const { w: weights, b: bias, y_hat } = frame.values;
  const line: LineOf = { w: [entry(weights, 0), entry(weights, 1)], b: entry(bias) };
  const grid = frame.values["y_hat@grid"];

  const setLine = async (next: LineOf, gesture: string) => {
    await Promise.all([lab.write("w", next.w, gesture), lab.write("b", next.b, gesture)]);
  };
  const setDots = (
    x: readonly (readonly number[])[],
    y: readonly number[],
    gesture = newGesture(),
  ) => lab.data({ x, y }, gesture);

  return (
    <div className="line-figure">
      <div className="line-plane">
        <Plane
          x={{ ...axis, label: "x₁", sym: "x" }}
          y={{ ...axis, label: "x₂", sym: "x" }}
          label="The two inputs as a plane, with the decision line and the examples"
          underlay={
            grid && (
              <Surface
                values={{ shape: [plane.steps, plane.steps], data: grid.data }}
                centre={0.5}
                reach={0.75}
              />
            )
          }
        >
          <Dots frame={frame} tool={tool} onChange={setDots} />
          <DecisionLine line={line} onChange={setLine} />
        </Plane>
        <div className="line-key">
          <ColourLegend centre={0.5} reach={0.5} label="ŷ" />
          <Segmented
            label="A click"
            value={tool}
            options={tools}
            onChange={(next) => setTool(next as Tool)}
          />
        </div>
      </div>
      <div className="line-side">
        <p className="line-numbers">
          {[0, 1].map((i) => (
            <span key={i}>
              <span data-sym="w">w{i === 0 ? "₁" : "₂"}</span>{" "}
              <NumberField
                value={line.w[i] ?? 0}
                width={7}
                label={`weight w${i + 1}`}
                sym="w"
                onChange={(value, gesture) =>
                  lab.write("w", i === 0 ? [value, line.w[1]] : [line.w[0], value], gesture)
                }
              />
            </span>
          ))}
          <span>
            <span data-sym="b">b</span>{" "}
            <NumberField
              value={line.b}
              width={7}
              label="bias b"
              sym="b"
              onChange={(value, gesture) => lab.write("b", value, gesture)}
            />
          </span>
        </p>
        <Distances line={line} />
        <NextStep frame={frame} y_hat={numbers(y_hat)} line={line} />
      </div>
    </div>
  );
}

/** How long w is, and how far the line is from the origin. */
function Distances({ line: { w, b } }: { readonly line: LineOf }) {
  const length = Math.hypot(...w);
  return (
    <p className="figure-note">
      {length === 0
        ? "w is zero: there is no line, and the answer is the same everywhere."
        : `w is ${numberText(length)} long; the line is |b| ÷ ‖w‖ = ${numberText(Math.abs(b) / length)} from the origin.`}
    </p>
  );
}
