import { useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { dimensions, units } from "../unrollLab.ts";

const unitOptions = Array.from({ length: units }, (_, i) => ({
  value: String(i),
  label: String(i + 1),
}));

interface UnitSumProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The step, from 1; 0 before the first word. */
  readonly t: number;
}

/** The weights that every copy shares, and the sum of one unit at the step in hand. */
export function UnitSum({ frame, lab, t }: UnitSumProps) {
  const [chosen, choose] = useState("0");
  const { W_x, W_h, b_h } = frame.values;
  const write = (name: string, array: NDArray) => (values: number[], gesture: string) =>
    lab.write(name, { shape: array.shape, data: Float32Array.from(values) }, gesture);
  const matrix = (name: "W_x" | "W_h" | "b_h", array: NDArray | undefined, of: string) =>
    array && (
      <div className="unroll-weights">
        <span className="unroll-weight-name" data-sym={name}>
          {name[0]}
          <sub>{name[2]}</sub> <small>{of}</small>
        </span>
        <EditableMatrix
          values={array}
          initial={array.data}
          upright={name === "b_h"}
          reach={1.5}
          step={0.05}
          digits={2}
          width={7}
          sym={name}
          label={`weights ${name}`}
          onChange={write(name, array)}
        />
      </div>
    );
  return (
    <div className="unroll-part">
      <p className="unroll-title">The weights, the same at every step</p>
      <div className="unroll-matrices">
        {matrix("W_x", W_x, "6 × 3")}
        {matrix("W_h", W_h, "6 × 6")}
        {matrix("b_h", b_h, "6")}
      </div>
      <Segmented label="Unit" value={chosen} options={unitOptions} onChange={choose} />
      <p>{t === 0 ? "Before the first word there is only h₀." : told(frame, t, Number(chosen))}</p>
    </div>
  );
}

/** The unit's sum with its numbers. */
function told({ values, held }: FigureProps["frame"], t: number, unit: number) {
  const { W_x, W_h, b_h, e, h_0 } = values;
  const before = (j: number) =>
    t === 1 ? entry(h_0, j) : entry(values["steps.*.h"], (t - 2) * units + j);
  const product = (size: number, term: (i: number) => number) =>
    Array.from({ length: size }, (_, i) => term(i)).reduce((sum, part) => sum + part, 0);
  const fromWord = product(
    dimensions,
    (i) => entry(W_x, unit * dimensions + i) * entry(e, (t - 1) * dimensions + i),
  );
  const fromState = product(units, (j) => entry(W_h, unit * units + j) * before(j));
  const at = (t - 1) * units + unit;
  const a = entry(values["steps.*.a"], at);
  const h = entry(values["steps.*.h"], at);
  const isHeld = held.includes(`steps.${t}.h`);
  return (
    <>
      At step {t}, unit {unit + 1}: the word brings {signedText(fromWord)}, the state before{" "}
      {signedText(fromState)}, the bias {signedText(entry(b_h, unit))}. Together that is{" "}
      {numberText(a)}, and tanh makes it <strong>{numberText(Math.tanh(a))}</strong>.
      {isHeld && ` But your hand holds it at ${numberText(h)}.`}
    </>
  );
}
