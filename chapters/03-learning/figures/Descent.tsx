import "./descent.css";
import { useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { Contours } from "../../../src/viz/Contours.tsx";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { Surface } from "../../../src/viz/Surface.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Movable } from "../../../src/widgets/Movable.tsx";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { PlaneGround } from "../../../src/widgets/PlaneGround.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { descentLab, runners } from "../descentLab.ts";
import { mapOf, mapSteps, weightPairs } from "../surfaceMaps.ts";
import { Minima, type Place, Runner, RunnerMark } from "./DescentMarks.tsx";
import { contourLevels, relief } from "./relief.ts";

/** A surface from above, four descents on it from one start, and what each of them is at. */
export function Descent({ frame, lab, projected }: FigureProps) {
  const [hovered, setHovered] = useState<Place | null>(null);
  const { config, values } = frame;
  const surface = String(config.surface);
  const map = mapOf(surface, String(config.weights));
  const heights = useSteady(values["J@grid"]);
  const shown = heights && relief(heights);
  const setStart = ([x, y]: Place, gesture: string) =>
    lab.configure({ startX: round(x), startY: round(y) }, gesture);
  const start: Place = [Number(config.startX), Number(config.startY)];
  const [first, second] = axisNames(surface, String(config.weights));
  const grid = [mapSteps, mapSteps] as const;

  return (
    <div className="descent">
      <div className="descent-map">
        <Plane
          x={{ domain: map.x, label: first }}
          y={{ domain: map.y, label: second }}
          label="The surface from above, with its contours and the four paths"
          underlay={
            shown && (
              <Surface values={{ shape: grid, data: shown.data }} scale="sequential" reach={1.7} />
            )
          }
        >
          {shown && <Contours values={{ shape: grid, data: shown.data }} levels={contourLevels} />}
          <Minima places={map.minima} />
          <PlaneGround onHover={setHovered} onChoose={setStart} />
          {runners.map(({ name, label }, i) => (
            <Runner
              key={name}
              index={i}
              label={label}
              trail={values[`trail.${name}`]}
              at={pair(values[`theta.${name}`])}
              step={frame.step}
            />
          ))}
          <Movable at={start} label="The start of all four" onMove={setStart}>
            <circle className="descent-start" />
          </Movable>
        </Plane>
        <p className="descent-reading">
          {hovered && heights
            ? `J(${numberText(hovered[0])}, ${numberText(hovered[1])}) ≈ ${numberText(heightAt(heights, map, hovered))}`
            : "Contours join equal heights; + marks the lowest points. A click sets the start."}
        </p>
      </div>
      <div className="descent-side">
        {surface === "network" && (
          <Select
            label="Weights on the axes"
            value={String(config.weights)}
            options={weightPairs}
            onChange={(weights) => lab.configure({ weights })}
          />
        )}
        <Table frame={frame} lab={lab} projected={projected} />
        <NextStep frame={frame} />
      </div>
    </div>
  );
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const pair = (array: NDArray | undefined): Place => [entry(array, 0), entry(array, 1)];

/** What the two coordinates of a surface are. */
function axisNames(surface: string, weights: string): readonly [string, string] {
  if (surface === "line") return ["slope θ₁", "intercept θ₂"];
  if (surface !== "network") return ["θ₁", "θ₂"];
  const label = weightPairs.find(({ value }) => value === weights)?.label ?? "";
  const [first = "", second = ""] = label.split(" and ");
  return [first, second];
}

/** An array that stays the same object while its numbers are the same. */
function useSteady(array: NDArray | undefined): NDArray | undefined {
  const [kept, keep] = useState(array);
  const isSame =
    kept?.data.length === array?.data.length && kept?.data.every((x, i) => x === array?.data[i]);
  if (isSame || array === kept) return kept;
  keep(array);
  return array;
}

function heightAt(heights: NDArray, map: ReturnType<typeof mapOf>, [x, y]: Place): number {
  const cell = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(mapSteps - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * mapSteps)));
  return entry(heights, cell(y, map.y) * mapSteps + cell(x, map.x));
}

/** Each optimiser with its learning rate, which can be changed, and its height. */
function Table({ frame, lab }: FigureProps) {
  return (
    <table className="descent-table">
      <thead>
        <tr>
          <th scope="col">optimiser</th>
          <th scope="col">
            learning rate <span data-sym="eta">η</span>
          </th>
          <th scope="col">
            height <span data-sym="J">J</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runners.map(({ name, label, rate }, i) => (
          <tr key={name}>
            <th scope="row">
              <Swatch index={i} /> {label}
            </th>
            <td>
              <NumberField
                label={`learning rate of ${label}`}
                value={Number(frame.config[rate])}
                initial={Number(descentLab.fields[rate]?.initial)}
                min={1e-5}
                max={10}
                scale="log"
                width={7}
                sym="eta"
                onChange={(value, gesture) => lab.configure({ [rate]: value }, gesture)}
              />
            </td>
            <td className="descent-height">{numberText(entry(frame.values.J, i))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Swatch({ index }: { readonly index: number }) {
  return (
    <svg className="descent-swatch" viewBox="-10 -10 20 20" aria-hidden="true">
      <RunnerMark index={index} />
    </svg>
  );
}

/** The step that plain descent takes next, in numbers. */
function NextStep({ frame }: { readonly frame: FigureProps["frame"] }) {
  const [g1, g2] = pair(frame.values["grad theta.sgd"]);
  const eta = Number(frame.config.rateSgd);
  const [x, y] = pair(frame.values["theta.sgd"]);
  return (
    <p className="descent-next">
      SGD stands at ({numberText(x)}, {numberText(y)}). There ∇<span data-sym="J">J</span> = (
      {signedText(g1)}, {signedText(g2)}), and a step over all examples goes −
      <span data-sym="eta">η</span>∇J = ({signedText(-eta * g1)}, {signedText(-eta * g2)}).
    </p>
  );
}
