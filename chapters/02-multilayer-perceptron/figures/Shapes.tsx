import "./shapes.css";
import { useEffect, useState } from "react";
import { countText, numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { NumberField } from "../../../src/widgets/NumberField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { hiddenSizes } from "../network.ts";
import { mostDepth, mostExamples, mostSize, shapeSizes } from "../shapesLab.ts";
import { subscript } from "../words.ts";
import { MatrixPicture } from "./MatrixPicture.tsx";
import { usePlayedCell } from "./usePlayedCell.ts";

/** Every matrix of a network with its shape, and one layer's product made cell by cell. */
export function Shapes(props: FigureProps) {
  const { config } = props.frame;
  const [wanted, setLayer] = useState(0);
  const sizes = shapeSizes(config);
  const layer = Math.min(wanted, sizes.length - 2);
  return (
    <div className="shapes">
      <Sizes {...props} />
      <div className="shapes-body">
        <Overview sizes={sizes} m={Number(config.examples)} layer={layer} onLayer={setLayer} />
        <Product {...props} layer={layer} />
      </div>
    </div>
  );
}

/** The sizes, to be set: examples, inputs, hidden layers, outputs. */
function Sizes({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const { config } = frame;
  const hidden = hiddenSizes(config);
  const field = (name: string, label: string, max: number = mostSize) => (
    <span key={name} className="shapes-size">
      <span>{label}</span>
      <NumberField
        label={label}
        value={Number(config[name])}
        initial={4}
        changed={false}
        min={1}
        max={max}
        integer
        step={1}
        width={4}
        digits={4}
        onChange={(next) => lab.configure({ [name]: next })}
      />
    </span>
  );
  return (
    <div className="shapes-sizes">
      {field("examples", "examples", mostExamples)}
      {field("inputs", "inputs")}
      {hidden.map((_, i) => field(`units${i + 1}`, `hidden ${i + 1}`))}
      {field("outputs", "outputs")}
      <span className="shapes-depth">
        <button
          type="button"
          aria-label="One hidden layer less"
          disabled={isStill || hidden.length === 0}
          onClick={() => void lab.configure({ depth: hidden.length - 1 })}
        >
          −
        </button>
        {hidden.length} hidden
        <button
          type="button"
          aria-label="One hidden layer more"
          disabled={isStill || hidden.length === mostDepth}
          onClick={() => void lab.configure({ depth: hidden.length + 1 })}
        >
          +
        </button>
      </span>
    </div>
  );
}

interface OverviewProps {
  readonly sizes: readonly number[];
  readonly m: number;
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
}

/** One row a layer: what is stored, what comes in, what goes out. */
function Overview({ sizes, m, layer, onLayer }: OverviewProps) {
  const isStill = useStillness();
  const layers = sizes.slice(1).map((k, i) => ({ k, n: sizes[i] ?? 0 }));
  const total = layers.reduce((sum, { k, n }) => sum + k * n + k, 0);
  return (
    <div className="shapes-scroll">
      <table className="shapes-table">
        <thead>
          <tr>
            <th scope="col">layer</th>
            <th scope="col" data-sym="layers.0.W">
              W
            </th>
            <th scope="col" data-sym="layers.0.b">
              b
            </th>
            <th scope="col">parameters</th>
            <th scope="col">the product</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ k, n }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
            <tr key={i} data-chosen={i === layer || undefined}>
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={i === layer}
                  disabled={isStill}
                  onClick={() => onLayer(i)}
                >
                  {i === layers.length - 1 ? "output" : `hidden ${i + 1}`}
                </button>
              </th>
              <td>
                {k} × {n}
              </td>
              <td>{k}</td>
              <td>
                {k}·{n} + {k} = {countText(k * n + k)}
              </td>
              <td>
                ({m}×{n})({n}×{k}) → {m}×{k}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              together
            </th>
            <td>{countText(total)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The product of one layer: a row of what comes in meets a column of Wᵀ in each cell. */
function Product({ frame, layer }: FigureProps & { readonly layer: number }) {
  const isStill = useStillness();
  const sizes = shapeSizes(frame.config);
  const m = Number(frame.config.examples);
  const [n, k] = [sizes[layer] ?? 1, sizes[layer + 1] ?? 1];
  const isLast = layer === sizes.length - 2;
  const A = frame.values[layer === 0 ? "x" : `layers.${layer - 1}.a`];
  const W = frame.values[`layers.${layer}.W`];
  const b = frame.values[`layers.${layer}.b`];
  const Z = frame.values[isLast ? "logits" : `layers.${layer}.z`];
  const { cell, goTo, isPlaying, togglePlay, canPlay } = usePlayedCell(
    m * k,
    `${layer} ${m} ${n} ${k}`,
    k + 1,
  );
  const [row, column] = [Math.floor(cell / k), cell % k];
  const names = layerNames(layer);
  const shown = A && W && b && Z && A.data.length === m * n && Z.data.length === m * k;
  useEffect(() => {
    if (isPlaying && cell === m * k - 1) togglePlay();
  }, [isPlaying, cell, m, k, togglePlay]);
  if (!shown) return null;
  return (
    <div className="shapes-product">
      <div className="shapes-stage">
        <MatrixPicture
          className="shapes-w"
          title={
            <>
              <strong data-sym="layers.0.W">{names.W}ᵀ</strong> {n} × {k}
            </>
          }
          label={`${names.W} transposed`}
          rows={n}
          columns={k}
          entry={(i, j) => W.data[j * n + i] ?? 0}
          litColumn={column}
        />
        <MatrixPicture
          className="shapes-b"
          title={
            <>
              <strong data-sym="layers.0.b">{names.b}</strong> {k}
            </>
          }
          label={names.b}
          rows={1}
          columns={k}
          entry={(_, j) => b.data[j] ?? 0}
          litColumn={column}
        />
        <MatrixPicture
          className="shapes-a"
          title={
            <>
              <strong>{names.A}</strong> {m} × {n}
            </>
          }
          label={names.A}
          rows={m}
          columns={n}
          entry={(i, j) => A.data[i * n + j] ?? 0}
          litRow={row}
        />
        <MatrixPicture
          className="shapes-z"
          title={
            <>
              <strong data-sym={isLast ? "logits" : "layers.0.z"}>{names.Z}</strong> {m} × {k}
            </>
          }
          label={names.Z}
          rows={m}
          columns={k}
          entry={(i, j) => Z.data[i * k + j] ?? 0}
          litCell={[row, column]}
          madeUpTo={cell}
          onChoose={(i, j) => goTo(i * k + j)}
        />
      </div>
      <p className="shapes-sum" aria-live={isPlaying ? "off" : "polite"}>
        <span>
          row {row + 1} of {names.A}, column {column + 1} of {names.W}ᵀ:
        </span>{" "}
        {names.Z}[{row + 1}, {column + 1}] = {products(A.data, W.data, row, column, n)} +{" "}
        {inSum(b.data[column])} = <strong>{numberText(Z.data[cell])}</strong>
      </p>
      <div className="shapes-play">
        <button type="button" disabled={isStill || cell === 0} onClick={() => goTo(cell - 1)}>
          Cell before
        </button>
        <button
          type="button"
          disabled={isStill || cell === m * k - 1}
          onClick={() => goTo(cell + 1)}
        >
          Next cell
        </button>
        {canPlay && (
          <button type="button" disabled={isStill} onClick={togglePlay}>
            {isPlaying ? "Pause" : "Play"}
          </button>
        )}
        <span className="shapes-count">
          cell {cell + 1} of {countText(m * k)}; {countText(n)}{" "}
          {n === 1 ? "multiplication" : "multiplications"} each
        </span>
      </div>
    </div>
  );
}

function layerNames(layer: number) {
  const i = subscript(layer + 1);
  return { A: layer === 0 ? "X" : `A${subscript(layer)}`, W: `W${i}`, b: `b${i}`, Z: `Z${i}` };
}

/** The most products that are written out. */
const mostTerms = 6;

function products(
  A: Float32Array,
  W: Float32Array,
  row: number,
  column: number,
  n: number,
): string {
  const terms = Array.from({ length: Math.min(n, mostTerms) }, (_, i) => {
    const at = n > mostTerms && i === mostTerms - 1 ? n - 1 : i;
    return `${inSum(A[row * n + at])} · ${inSum(W[column * n + at])}`;
  });
  if (n > mostTerms) terms.splice(mostTerms - 1, 0, "…");
  return terms.join(" + ");
}

/** In a sum, a negative number stands in brackets. */
function inSum(value: number | undefined): string {
  const text = numberText(value, 2);
  return (value ?? 0) < 0 ? `(${text})` : text;
}
