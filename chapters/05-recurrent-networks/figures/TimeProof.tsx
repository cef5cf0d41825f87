import { useCallback, useState } from "react";
import { entry, filled } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { GradientProof } from "../../../src/widgets/GradientProof.tsx";
import { subscript, units } from "../gradientLab.ts";

/** What can be nudged: the tensor, its shape, the entry, and the words for it. */
interface Nudge {
  readonly name: string;
  readonly shape: readonly number[];
  readonly index: number;
  readonly label: string;
}

const recurrent: readonly Nudge[] = Array.from({ length: units * units }, (_, index) => ({
  name: "W_h",
  shape: [units, units],
  index,
  label: `Wₕ, row ${Math.floor(index / units) + 1}, column ${(index % units) + 1}`,
}));
const inward: readonly Nudge[] = Array.from({ length: units }, (_, index) => ({
  name: "W_x",
  shape: [units, 1],
  index,
  label: `Wₓ, row ${index + 1}`,
}));

function statesAt(t: number): readonly Nudge[] {
  return Array.from({ length: units }, (_, index) => ({
    name: `steps.${t}.h`,
    shape: [1, units],
    index,
    label: `h${subscript(t)}, unit ${index + 1}`,
  }));
}

const widths = ["0.1", "0.01", "0.001"];

interface TimeProofProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The step in hand. */
  readonly t: number;
}

/** The gradient of a state or a weight beside a central finite difference. */
export function TimeProof({ frame, lab, t }: TimeProofProps) {
  const [chosen, choose] = useState(0);
  const all = [...statesAt(t), ...recurrent, ...inward];
  const { name, index, ...nudge } = all[chosen] as Nudge;
  const shape = nudge.shape.join();
  const { x, y } = frame.input;
  const nudged = useCallback(
    (by: number) => {
      if (!x || !y) return null;
      const array = filled(shape.split(",").map(Number));
      array.data[index] = by;
      return { x, y, [`nudge ${name}`]: array };
    },
    [name, shape, index, x, y],
  );
  const gradient = name.startsWith("steps.")
    ? entry(frame.values["grad steps.*.h"], (t - 1) * units + index)
    : entry(frame.values[`grad ${name}`], index);
  return (
    <GradientProof
      frame={frame}
      lab={lab}
      options={all.map(({ label }, i) => ({ value: String(i), label }))}
      chosen={String(chosen)}
      onChoose={(next) => choose(Number(next))}
      widths={widths}
      nudged={nudged}
      gradient={gradient}
      gradientLabel="backpropagation through time"
    >
      {Number(frame.config.truncate) > 0 && (
        <p>The way back is cut, so what comes back may not be the slope of the loss.</p>
      )}
    </GradientProof>
  );
}
