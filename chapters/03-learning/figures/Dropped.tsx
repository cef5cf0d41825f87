import { type CSSProperties, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { Frame } from "../../../src/training/lab.ts";
import { divergingCss } from "../../../src/viz/colour.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";

/** Row `index` of a matrix. */
function rowOf(array: NDArray | undefined, index: number): number[] {
  const columns = array?.shape[1] ?? 0;
  return Array.from(array?.data.subarray(index * columns, (index + 1) * columns) ?? []);
}

/** How much comes out of a layer, whatever its sign. */
const size = (values: readonly number[]): number =>
  values.reduce((total, value) => total + Math.abs(value), 0);

/** The units that the next training step leaves out for one example, and what the scaling makes up for. */
export function Dropped({ frame }: { readonly frame: Frame }) {
  const [chosen, setChosen] = useState(0);
  const count = frame.batch.length;
  const example = Math.min(chosen, count - 1);
  const p = Number(frame.config.dropout);
  const layers = Array.from({ length: Number(frame.config.depth) }, (_, i) => {
    const [a, mask, scaled] = ["a", "mask", "a_tilde"].map((tap) =>
      rowOf(frame.values[`layers.${i}.${tap}@batch`], example),
    ) as [number[], number[], number[]];
    return { a, mask, scaled };
  });
  const reach = Math.max(1e-6, ...layers.flatMap(({ a }) => a.map(Math.abs)));
  return (
    <div className="dropped">
      <p className="dropped-head">
        <strong>The next step, example</strong>{" "}
        <NumberField
          label="Example of the next step"
          value={example + 1}
          min={1}
          max={count}
          integer
          width={3}
          changed={false}
          onChange={(next) => setChosen(next - 1)}
        />{" "}
        <span className="figure-note">
          of {count}. Each unit is left out (✕) with probability p = {numberText(p)}; every example
          of every step draws anew.
        </span>
      </p>
      {layers.map((layer, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the net
        <Layer key={i} number={i + 1} p={p} reach={reach} {...layer} />
      ))}
      <p className="figure-note">
        With units missing, less comes through. Dividing those that stay by 1 − p ={" "}
        {numberText(1 - p)} makes up for it: over many draws the next layer gets the same on average
        as from all units. So when no unit is missing, as in the pictures above, nothing has to be
        scaled.
      </p>
    </div>
  );
}

interface LayerProps {
  readonly number: number;
  readonly p: number;
  readonly reach: number;
  readonly a: readonly number[];
  readonly mask: readonly number[];
  readonly scaled: readonly number[];
}

function Layer({ number, p, reach, a, mask, scaled }: LayerProps) {
  const staying = mask.filter((kept) => kept === 1).length;
  const left = size(a.map((value, j) => value * (mask[j] ?? 0)));
  return (
    <div className="dropped-layer">
      <p className="dropped-name">layer {number}</p>
      <div
        className="dropped-units"
        data-sym="mask"
        role="img"
        aria-label={`Layer ${number}: ${a.length - staying} of ${a.length} units are left out`}
      >
        {a.map((value, j) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place in the layer
            key={j}
            className="dropped-unit"
            data-out={mask[j] === 0 || undefined}
            style={{ "--unit": divergingCss(value, reach) } as CSSProperties}
          />
        ))}
      </div>
      <dl className="dropped-sums">
        <div>
          <dt>Σ |a|, all {a.length}</dt>
          <dd>{numberText(size(a))}</dd>
        </div>
        <div>
          <dt>the {staying} that stay</dt>
          <dd>{numberText(left)}</dd>
        </div>
        <div>
          <dt>÷ {numberText(1 - p)}</dt>
          <dd>{numberText(size(scaled))}</dd>
        </div>
      </dl>
    </div>
  );
}
