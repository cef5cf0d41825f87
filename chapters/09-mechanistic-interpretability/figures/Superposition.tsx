import "./superposition.css";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { summaryOf } from "../superpositionLab.ts";
import { modelAt } from "../superpositionNumbers.ts";
import { FeatureVectors } from "./FeatureVectors.tsx";
import { Ladder } from "./Ladder.tsx";
import { Phases } from "./Phases.tsx";

/** The reader's model: its features as vectors, how they overlap, what is read back; and seven more models. */
export function Superposition({ frame, lab }: FigureProps) {
  const { interference } = summaryOf(frame, 0);
  return (
    <div className="superposition">
      <Density frame={frame} lab={lab} />
      <div className="superposition-own">
        {Number(frame.config.m) <= 3 && <FeatureVectors frame={frame} lab={lab} />}
        <Table frame={frame} name="G">
          How the features overlap, <span data-sym="G">WᵀW</span>
        </Table>
        <Table frame={frame} name="x_hat">
          Each alone, a row each: what is read, <span data-sym="x_hat">x̂</span>. Interference:{" "}
          <strong>{numberText(interference, 2)}</strong>
        </Table>
      </div>
      <div className="superposition-all">
        <Phases frame={frame} />
        <Ladder frame={frame} lab={lab} />
      </div>
    </div>
  );
}

/** Densities from 1 to 0.01, evenly on a logarithmic slider: as in the plot, the rarer the further to the right. */
function Density({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  return (
    <Slider
      label="Each feature is there with probability p"
      value={-Math.log10(Number(frame.config.p))}
      min={0}
      max={2}
      step={0.02}
      valueText={(rarity) => numberText(10 ** -rarity, 2)}
      onChange={(rarity, gesture) =>
        lab.configure({ p: Math.min(1, Math.max(0.01, 10 ** -rarity)) }, gesture)
      }
    />
  );
}

/** Beyond so many features there is no room for numbers, and one picture is drawn. */
const mostNumbered = 5;

/** Feature by feature: G, or x_hat, whose rows are the features that are there. */
function Table({
  frame,
  name,
  children,
}: Pick<FigureProps, "frame"> & {
  readonly name: "G" | "x_hat";
  readonly children: React.ReactNode;
}) {
  const n = Number(frame.config.n);
  const labels = Array.from({ length: n }, (_, i) => String(i + 1));
  const shown = {
    values: modelAt(frame.values[name], 0),
    label: name === "G" ? "Products of any two features" : "What is read of each feature alone",
    reach: 1,
    sym: name,
  };
  return (
    <figure className="superposition-table">
      <figcaption>{children}</figcaption>
      {n > mostNumbered ? (
        <Picture {...shown} scale="diverging" />
      ) : (
        <Heatmap {...shown} rowLabels={labels} columnLabels={labels} digits={2} />
      )}
    </figure>
  );
}
