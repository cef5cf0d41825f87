import { useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { circuitWatches } from "../inductionLab.ts";
import { matrixAt, onDiagonal } from "../inductionNumbers.ts";
import { repeatSizes } from "../repeats.ts";

const { heads, d_model, V } = repeatSizes;
/** Milliseconds between two readings while it trains. */
const pause = 600;

/** The circuit, step by step, from the weights alone: no letter goes in. */
export function InductionCircuit({ frame, lab }: FigureProps) {
  const [isOpen, setOpen] = useState(false);
  const [first, setFirst] = useState("1");
  const [second, setSecond] = useState("1");
  const seen = usePulsedWatch({ frame, lab }, isOpen ? circuitWatches : [], pause);
  const [byPlace, match, copy, K_comp] = circuitWatches.map((name) => seen?.values[name]);
  const [i, j] = [Number(second) - 1, Number(first) - 1];
  const options = (layer: number) =>
    Array.from({ length: heads }, (_, at) => ({ value: `${at + 1}`, label: `${layer}.${at + 1}` }));
  return (
    <section className="induction-circuit" aria-label="The circuit, read off the weights">
      <div className="lab-buttons">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Read the circuit off the weights
        </button>
        {isOpen && (
          <>
            <Segmented label="Layer 1" value={first} options={options(1)} onChange={setFirst} />
            <Segmented label="Layer 2" value={second} options={options(2)} onChange={setSecond} />
          </>
        )}
      </div>
      {isOpen && byPlace && match && copy && K_comp && (
        <div className="induction-steps">
          <figure>
            <figcaption>1. Head 1.{first} looks one place back, if only places count</figcaption>
            <Picture values={matrixAt(byPlace, j)} label="Attention by place alone" />
          </figure>
          <LetterTable
            title={`2. Head 2.${second} seeks the places that 1.${first} marked with its own letter`}
            matrix={matrixAt(match, i * heads + j)}
          />
          <LetterTable
            title={`3. Head 2.${second} votes for the letter it finds there`}
            matrix={matrixAt(copy, i)}
          />
          <figure>
            <figcaption>
              How much of what layer 1 writes layer 2’s keys read: K-composition. By chance{" "}
              {numberText(1 / Math.sqrt(d_model), 2)}.
            </figcaption>
            <Heatmap
              values={{
                shape: [heads, heads],
                data: Float32Array.from({ length: heads * heads }, (_, at) => entry(K_comp, at)),
              }}
              label="K-composition"
              rowLabels={options(2).map(({ label }) => label)}
              columnLabels={options(1).map(({ label }) => label)}
              scale="sequential"
              reach={1}
              digits={2}
            />
          </figure>
        </div>
      )}
    </section>
  );
}

/** A table of letters by letters, and in how many of its rows the letter itself is the greatest. */
function LetterTable({ title, matrix }: { readonly title: string; readonly matrix: NDArray }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Picture values={matrix} label={title} scale="diverging" />
      <p className="figure-note">
        the letter itself first in {onDiagonal(matrix)} of {V} rows
      </p>
    </figure>
  );
}
