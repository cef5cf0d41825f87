import "./figures.css";
import { type ReactNode, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { ChoosableMatrix } from "../../../src/widgets/ChoosableMatrix.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { numbers, subscript } from "../words.ts";

/** What stands where: X left of Z, Wᵀ above it, so that each cell of Z is where its row and its column meet. */
export function Layer({ frame, lab }: FigureProps) {
  const [chosen, setChosen] = useState<readonly [number, number]>([1, 0]);
  const { W, b, X, Z, Y_hat } = frame.values;
  const [k = 1, n = 1] = W?.shape ?? [];
  const m = X && X.shape.length > 1 ? (X.shape[0] ?? 1) : 1;
  const row = Math.min(chosen[0], m - 1);
  const column = Math.min(chosen[1], k - 1);
  const reach = Math.max(1, ...[W, b, Z].map((array) => extentOf(array?.data ?? []).reach));
  const examples = names("example", m);
  const neurons = names("neuron", k);
  const inputs = Array.from({ length: n }, (_, i) => `x${subscript(i + 1)}`);
  const field = { width: 7, digits: 2, reach };

  return (
    <div className="layer">
      <div className="layer-grid">
        <Named at="w" name="Wᵀ" shape={`${n} × ${k}`} sym="W">
          <div data-lit-column={column}>
            <EditableMatrix
              {...field}
              values={{ shape: [n, k], data: transposed(numbers(W), k, n) }}
              label="weights, transposed"
              sym="W"
              rowLabels={inputs}
              columnLabels={neurons}
              entryLabel={(i, j) => `weight of input ${i + 1} in neuron ${j + 1}`}
              onChange={(next, gesture) =>
                lab.write("W", rowsOf(transposed(next, n, k), k, n), gesture)
              }
            />
          </div>
        </Named>
        <Named at="b" name="+ b" shape={`${k}, added to every row`} sym="b">
          <div data-lit-column={column}>
            <EditableMatrix
              {...field}
              values={{ shape: [1, k], data: numbers(b) }}
              label="biases"
              sym="b"
              rowLabels={["b"]}
              entryLabel={(_, j) => `bias of neuron ${j + 1}`}
              onChange={(next, gesture) => lab.write("b", next, gesture)}
            />
          </div>
        </Named>
        <Named at="x" name="X" shape={`${m} × ${n}`} sym="X">
          <div data-lit-row={row}>
            <EditableMatrix
              {...field}
              values={{ shape: [m, n], data: numbers(X) }}
              label="inputs"
              sym="X"
              coloured={false}
              rowLabels={examples}
              columnLabels={inputs}
              entryLabel={(i, j) => `example ${i + 1}, input ${j + 1}`}
              onChange={(next, gesture) => lab.input({ x: rowsOf(next, m, n) }, gesture)}
            />
          </div>
        </Named>
        <Named at="z" name="Z = X Wᵀ + b" shape={`${m} × ${k}`} sym="Z">
          <ChoosableMatrix
            values={grid(Z, m, k)}
            label="Z"
            sym="Z"
            entryLabel={(i, j) => `Z of example ${i + 1} and neuron ${j + 1}`}
            reach={reach}
            rowLabels={examples}
            columnLabels={neurons}
            chosen={[row, column]}
            onChoose={(i, j) => setChosen([i, j])}
          />
        </Named>
        <Named at="y" name="Ŷ = g(Z)" shape={`${m} × ${k}`} sym="Y_hat">
          <ChoosableMatrix
            values={grid(Y_hat, m, k)}
            label="Ŷ"
            sym="Y_hat"
            entryLabel={(i, j) => `Ŷ of example ${i + 1} and neuron ${j + 1}`}
            reach={Math.max(1, extentOf(Y_hat?.data ?? []).reach)}
            rowLabels={examples}
            columnLabels={neurons}
            chosen={[row, column]}
            onChoose={(i, j) => setChosen([i, j])}
          />
        </Named>
      </div>
      <Sum frame={frame} row={row} column={column} n={n} k={k} />
    </div>
  );
}

interface NamedProps {
  readonly at: string;
  readonly name: string;
  readonly shape: string;
  readonly sym: string;
  readonly children: ReactNode;
}

function Named({ at, name, shape, sym, children }: NamedProps) {
  return (
    <div className={`layer-part layer-${at}`}>
      <p className="layer-name">
        <strong data-sym={sym}>{name}</strong> <span className="layer-shape">{shape}</span>
      </p>
      {children}
    </div>
  );
}

interface SumProps {
  readonly frame: FigureProps["frame"];
  readonly row: number;
  readonly column: number;
  readonly n: number;
  readonly k: number;
}

/** The chosen cell of Z, written out: its row of X times its row of W, plus its bias. */
function Sum({ frame, row, column, n, k }: SumProps) {
  const { W, b, X, Z, Y_hat } = frame.values;
  const x = numbers(X).slice(row * n, (row + 1) * n);
  const w = numbers(W).slice(column * n, (column + 1) * n);
  const at = row * k + column;
  const products = x.map((value, i) => `${signed(value)} · ${signed(w[i])}`).join(" + ");
  const indices = `${subscript(row + 1)}${subscript(column + 1)}`;
  return (
    <p className="layer-sum" aria-live="polite">
      <span>
        <span data-sym="Z">Z{indices}</span> = {products} + {signed(b?.data[column])} ={" "}
        <strong>{numberText(Z?.data[at])}</strong>
      </span>
      <span>
        <span data-sym="Y_hat">Ŷ{indices}</span> = g({numberText(Z?.data[at])}) ={" "}
        <strong>{numberText(Y_hat?.data[at])}</strong>
      </span>
    </p>
  );
}

/** In a sum, a negative number stands in brackets. */
function signed(value: number | undefined): string {
  const text = numberText(value);
  return (value ?? 0) < 0 ? `(${text})` : text;
}

/** "neuron 2", and only "2" where there is no room. */
function names(kind: string, count: number): ReactNode[] {
  return Array.from({ length: count }, (_, i) => (
    <>
      <span className="layer-kind">{kind} </span>
      {i + 1}
    </>
  ));
}

function grid(array: NDArray | undefined, rows: number, columns: number) {
  return { shape: [rows, columns], data: numbers(array) };
}

/** A matrix of `rows` × `columns`, row-major, as the list of its columns one after another. */
function transposed(data: readonly number[], rows: number, columns: number): number[] {
  return Array.from(data, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)] ?? 0);
}

function rowsOf(data: readonly number[], rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns));
}
