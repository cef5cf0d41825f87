import "./superposition.css";
import type { Frame } from "../../../src/training/lab.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { summaryOf } from "../superpositionLab.ts";
import { modelAt } from "../superpositionNumbers.ts";
import { FeatureVectors } from "./FeatureVectors.tsx";
import { Ladder } from "./Ladder.tsx";

/** The reader's model: its features as vectors, how they overlap, how much room each has; and seven more. */
export function Superposition({ frame, lab }: FigureProps) {
  return (
    <div className="superposition">
      <Density frame={frame} lab={lab} />
      <div className="superposition-own">
        <FeatureVectors frame={frame} lab={lab} />
        <Gram frame={frame} />
        <Room frame={frame} />
      </div>
      <Ladder frame={frame} lab={lab} />
    </div>
  );
}

/** Densities from 0.01 to 1, evenly on a logarithmic slider. */
function Density({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const density = Number(frame.config.density);
  return (
    <Slider
      label="Each feature is there with probability p"
      value={Math.log10(density)}
      min={-2}
      max={0}
      step={0.02}
      valueText={(power) => numberText(10 ** power, 2)}
      onChange={(power, gesture) =>
        lab.configure({ density: Math.min(1, Math.max(0.01, 10 ** power)) }, gesture)
      }
      sym="p"
    />
  );
}

const numbersOf = (frame: Frame) =>
  Array.from({ length: Number(frame.config.n) }, (_, i) => String(i + 1));

function Gram({ frame }: Pick<FigureProps, "frame">) {
  const labels = numbersOf(frame);
  return (
    <figure className="superposition-gram">
      <figcaption>
        How the features overlap, <span data-sym="G">WᵀW</span>
      </figcaption>
      <Heatmap
        values={modelAt(frame.values.G, 0)}
        label="Products of the vectors of any two features"
        rowLabels={labels}
        columnLabels={labels}
        reach={1}
        digits={2}
        sym="G"
      />
    </figure>
  );
}

/** Of each feature: how long its vector is, and how much of a dimension it has to itself. */
function Room({ frame }: Pick<FigureProps, "frame">) {
  const { norms } = summaryOf(frame, 0);
  const dims = modelAt(frame.values.D, 0).data;
  const bias = modelAt(frame.values.b, 0).data;
  return (
    <table className="superposition-room">
      <thead>
        <tr>
          <th scope="col">feature</th>
          <th scope="col">length²</th>
          <th scope="col" data-sym="b">
            bias b
          </th>
          <th scope="col" data-sym="D">
            of a dimension, D
          </th>
        </tr>
      </thead>
      <tbody>
        {norms.map((norm, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a feature is its number
          <tr key={i}>
            <th scope="row">{i + 1}</th>
            <td>{numberText(norm, 2)}</td>
            <td>{numberText(bias[i], 2)}</td>
            <td>
              <meter min={0} max={1} value={dims[i] ?? 0} aria-hidden="true" />
              {numberText(dims[i], 2)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
