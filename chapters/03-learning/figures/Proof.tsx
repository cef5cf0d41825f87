import { useEffect, useState } from "react";
import { entry, ndarray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type NodeName, nodeNames, nodes } from "../graph.ts";

const widths = [
  { value: "1", label: "1" },
  { value: "0.1", label: "0.1" },
  { value: "0.01", label: "0.01" },
  { value: "0.0001", label: "0.0001" },
  { value: "0.000001", label: "0.000001" },
] as const;

const provable = nodeNames.filter((name) => name !== "y" && name !== "L");

interface ProofProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The node that the walk has just reached. */
  readonly reached: NodeName;
}

/**
 * A gradient beside a central finite difference. The engine runs the network twice more, with the number
 * a little larger and a little smaller, as probes beside the lab's own state, which stays as it is.
 */
export function Proof({ frame, lab, reached }: ProofProps) {
  const [isOpen, open] = useState(false);
  const [chosen, choose] = useState<NodeName | null>(null);
  const [width, setWidth] = useState("0.01");
  const isStill = useStillness();
  const name = chosen ?? reached;
  const h = Number(width);
  const x_1 = entry(frame.data.x, 0);
  const x_2 = entry(frame.data.x, 1);
  const y = entry(frame.data.y);
  const { watch } = lab;

  useEffect(() => {
    if (!isOpen) {
      void watch([], {});
      return;
    }
    const nudged = (by: number) => ({
      x: ndarray([[x_1, x_2]]),
      y: ndarray([y]),
      [`nudge ${name}`]: ndarray(by),
    });
    void watch(["L@more", "L@less"], { more: nudged(h), less: nudged(-h) });
  }, [watch, isOpen, name, h, x_1, x_2, y]);

  const [more, less] = [entry(frame.values["L@more"]), entry(frame.values["L@less"])];
  const quotient = (more - less) / (2 * h);
  const gradient = entry(frame.values[`grad ${name}`]);
  const { label } = nodes[name];
  return (
    <div className="backprop-proof">
      <p className="backprop-proof-head">
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
          <p className="backprop-proof-choice">
            <Select
              label="Nudge"
              value={name}
              options={provable.map((value) => ({ value, label: nodes[value].label }))}
              onChange={(next) => choose(next as NodeName)}
            />
            <Select label="by h =" value={width} options={widths} onChange={setWidth} />
          </p>
          <p>
            L({label} + h) = {numberText(more, 8)}
            <br />
            L({label} − h) = {numberText(less, 8)}
          </p>
          <p>
            their difference ÷ 2h = <strong>{numberText(quotient, 5)}</strong>
            <br />
            backpropagation’s ∂L/∂{label} = <strong>{numberText(gradient, 5)}</strong>
            <br />
            apart by {numberText(Math.abs(quotient - gradient), 2)}
          </p>
        </>
      )}
    </div>
  );
}
