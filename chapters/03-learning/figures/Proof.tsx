import { useCallback, useState } from "react";
import { entry, ndarray } from "../../../src/data/ndarray.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { GradientProof } from "../../../src/widgets/GradientProof.tsx";
import { type NodeName, nodeNames, nodes } from "../graph.ts";

const widths = ["1", "0.1", "0.01", "0.0001", "0.000001"];
const options = nodeNames
  .filter((name) => name !== "y" && name !== "L")
  .map((value) => ({ value, label: nodes[value].label }));

interface ProofProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The node that the walk has just reached. */
  readonly reached: NodeName;
}

/** The gradient of any node of the graph beside a central finite difference. */
export function Proof({ frame, lab, reached }: ProofProps) {
  const [chosen, choose] = useState<NodeName | null>(null);
  const name = chosen ?? reached;
  const x_1 = entry(frame.data.x, 0);
  const x_2 = entry(frame.data.x, 1);
  const y = entry(frame.data.y);
  const nudged = useCallback(
    (by: number) => ({
      x: ndarray([[x_1, x_2]]),
      y: ndarray([y]),
      [`nudge ${name}`]: ndarray(by),
    }),
    [name, x_1, x_2, y],
  );
  return (
    <GradientProof
      frame={frame}
      lab={lab}
      options={options}
      chosen={name}
      onChoose={(next) => choose(next as NodeName)}
      widths={widths}
      nudged={nudged}
      gradient={entry(frame.values[`grad ${name}`])}
      gradientLabel={`backpropagation’s ∂L/∂${nodes[name].label}`}
    />
  );
}
