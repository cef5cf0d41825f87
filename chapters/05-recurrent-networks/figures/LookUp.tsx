import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { vocabulary, wordNumber } from "../sentences.ts";
import { dimensions } from "../unrollLab.ts";

interface LookUpProps extends Pick<FigureProps, "frame" | "lab"> {
  /** The word just read; undefined before the first. */
  readonly word: string | undefined;
  readonly t: number;
}

const ways = [
  { value: "row", label: "a row" },
  { value: "product", label: "a product" },
] as const;

/** The embedding: the word's row of E, found by its number, or by multiplying with its one-hot row. */
export function LookUp({ frame, lab, word, t }: LookUpProps) {
  const isProduct = frame.config.lookUp === "product";
  const number = word === undefined ? -1 : wordNumber(word);
  const { E, e } = frame.values;
  return (
    <div className="unroll-part">
      <p className="unroll-title">
        The embedding <span data-sym="E">E</span>
      </p>
      <Segmented
        label="Look up as"
        value={String(frame.config.lookUp)}
        options={ways}
        onChange={(lookUp) => lab.configure({ lookUp })}
      />
      {E && (
        <EditableMatrix
          values={E}
          initial={E.data}
          reach={1}
          step={0.05}
          digits={2}
          width={6}
          sym="E"
          label="embedding E, one row a word"
          entryLabel={(row, column) => `E, ${vocabulary[row]}, number ${column + 1}`}
          rowLabels={vocabulary.map((one, i) => (
            <span key={one} className="unroll-entry" data-on={i === number || undefined}>
              <span>{isProduct ? `${i === number ? 1 : 0} ×` : i}</span>
              <span>{one}</span>
            </span>
          ))}
          onChange={(values, gesture) =>
            lab.write("E", { shape: E.shape, data: Float32Array.from(values) }, gesture)
          }
        />
      )}
      <p>
        {word === undefined ? "No word has been read yet." : told(word, number, t, isProduct, e)}
      </p>
    </div>
  );
}

function told(word: string, number: number, t: number, isProduct: boolean, e: NDArray | undefined) {
  const from = (t - 1) * dimensions;
  const found = Array.from(e?.data.subarray(from, from + dimensions) ?? []);
  const row = `(${found.map((value) => numberText(value, 2)).join(", ")})`;
  if (!isProduct)
    return `“${word}” is number ${number}, so x${subscript(t)} is row ${number} of E: ${row}.`;
  const oneHot = vocabulary.map((_, i) => (i === number ? 1 : 0)).join(" ");
  return `The one-hot row (${oneHot}) times E adds up eleven rows times 0 and one times 1. The sum is x${subscript(t)} = ${row}, the same.`;
}

function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
