import { useEffect, useState } from "react";
import { entry, filled } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
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

const widths = [
  { value: "0.1", label: "0.1" },
  { value: "0.01", label: "0.01" },
  { value: "0.001", label: "0.001" },
] as const;

interface TimeProofProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The step in hand. */
  readonly t: number;
}

/** A gradient beside a central finite difference, for which the engine runs the network twice more. */
export function TimeProof({ frame, lab, t }: TimeProofProps) {
  const [isOpen, open] = useState(false);
  const [chosen, choose] = useState(0);
  const [width, setWidth] = useState("0.01");
  const isStill = useStillness();
  const all = [...statesAt(t), ...recurrent, ...inward];
  const nudge = all[chosen] as Nudge;
  const { name, index } = nudge;
  const shape = nudge.shape.join();
  const h = Number(width);
  const { x, y } = frame.input;
  const { watch } = lab;

  useEffect(() => {
    if (!isOpen || !x || !y) {
      void watch([], {});
      return;
    }
    const nudged = (by: number) => {
      const array = filled(shape.split(",").map(Number));
      array.data[index] = by;
      return { x, y, [`nudge ${name}`]: array };
    };
    void watch(["L@more", "L@less"], { more: nudged(h), less: nudged(-h) });
  }, [watch, isOpen, name, shape, index, h, x, y]);

  const [more, less] = [entry(frame.values["L@more"]), entry(frame.values["L@less"])];
  const quotient = (more - less) / (2 * h);
  const isState = name.startsWith("steps.");
  const gradient = isState
    ? entry(frame.values["grad steps.*.h"], (t - 1) * units + index)
    : entry(frame.values[`grad ${name}`], index);
  const isTruncated = Number(frame.config.truncate) > 0;
  return (
    <div className="through-proof">
      <p>
        <button
          type="button"
          disabled={isStill}
          aria-expanded={isOpen}
          onClick={() => open(!isOpen)}
        >
          Prove it
        </button>{" "}
        {isOpen
          ? "The engine runs the network twice more, with one number nudged."
          : "by nudging a number and looking at the loss."}
      </p>
      {isOpen && (
        <>
          <p className="through-choice">
            <Select
              label="Nudge"
              value={String(chosen)}
              options={all.map(({ label }, i) => ({ value: String(i), label }))}
              onChange={(next) => choose(Number(next))}
            />
            <Select label="by" value={width} options={widths} onChange={setWidth} />
          </p>
          <p>
            loss with more: {numberText(more, 8)}
            <br />
            loss with less: {numberText(less, 8)}
          </p>
          <p>
            their difference ÷ {numberText(2 * h)} = <strong>{numberText(quotient, 5)}</strong>
            <br />
            backpropagation through time: <strong>{numberText(gradient, 5)}</strong>
            <br />
            apart by {numberText(Math.abs(quotient - gradient), 2)}
          </p>
          {isTruncated && (
            <p>The way back is cut, so what comes back may not be the slope of the loss.</p>
          )}
        </>
      )}
    </div>
  );
}
