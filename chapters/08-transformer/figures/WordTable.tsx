import type { ReactNode } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { Picture } from "../../../src/viz/Picture.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type ArrayName, at, type Cell, isSource, isTable, matrixOf, shortText } from "./cells.ts";

/** What each array is called, and what it holds. */
export const captions: Readonly<Record<ArrayName, readonly [ReactNode, string]>> = {
  Q: ["Q", "what each word asks"],
  K: ["K", "what it answers to"],
  V: ["V", "what it contributes"],
  QK: [
    <>
      QK<sup>⊤</sup>
    </>,
    "questions times answers",
  ],
  S: ["S", "scores"],
  M: ["M", "mask: who may look where"],
  A: ["A", "attention: each row shares out 1"],
  Z: ["Z", "what each word gathers"],
};

/** A mask that allows everything is no news: its ones are pale. */
const paleMask = 4;
/** Beyond so many columns, numbers cannot be read side by side. */
export const mostColumns = 12;

interface WordTableProps {
  readonly name: ArrayName;
  readonly array: NDArray;
  readonly words: readonly string[];
  readonly mask: NDArray | undefined;
  readonly chosen: Cell;
  readonly onChoose: (cell: Cell) => void;
  readonly onWrite: (values: number[], gesture: string, index: number) => unknown;
  readonly isHeld: boolean;
  readonly onLetGo: () => unknown;
}

/** One array of the head: its numbers can be chosen, and changed. */
export function WordTable(props: WordTableProps) {
  const { name, array, words, isHeld } = props;
  const isStill = useStillness();
  const [letter, caption] = captions[name];
  const matrix = matrixOf(array);
  const columns = matrix.shape[1] ?? 1;
  return (
    <figure className="attention-array" data-array={name} data-held={isHeld || undefined}>
      <figcaption data-sym={name}>
        <b>{letter}</b> {caption}
        {isHeld && (
          <button type="button" disabled={isStill} onClick={props.onLetGo}>
            Let it go
          </button>
        )}
      </figcaption>
      <div className="attention-scroll">
        {columns > mostColumns && (
          <div className="attention-wide">
            <Heatmap values={matrix} label={`${name}, ${caption}`} sym={name} />
          </div>
        )}
        {columns <= mostColumns &&
          (isStill ? (
            <StillTable name={name} matrix={matrix} words={words} label={`${name}, ${caption}`} />
          ) : (
            <Numbers {...props} matrix={matrix} label={`${name}, ${caption}`} />
          ))}
      </div>
    </figure>
  );
}

type NumbersProps = WordTableProps & { readonly matrix: NDArray; readonly label: string };

function Numbers({ name, matrix, label, words, mask, chosen, ...props }: NumbersProps) {
  const isShare = name === "A" || name === "M";
  const markOf = (row: number, column: number) => {
    const cell = { name, row, column };
    if (chosen.name === name && chosen.row === row && chosen.column === column) return "chosen";
    if (isSource(chosen, cell)) return "source";
    return name !== "M" && isTable(name) && at(mask, row, column) === 0 ? "hidden" : undefined;
  };
  return (
    <EditableMatrix
      values={matrix}
      initial={props.isHeld ? undefined : matrix.data}
      label={label}
      sym={name}
      rowLabels={words}
      columnLabels={isTable(name) ? words : undefined}
      entryLabel={(row, column) =>
        `${name}, “${words[row]}”, ${isTable(name) ? `“${words[column]}”` : `number ${column + 1}`}`
      }
      colours={isShare ? "sequential" : "diverging"}
      reach={name === "A" ? 1 : name === "M" ? paleMask : undefined}
      min={isShare ? 0 : undefined}
      max={isShare ? 1 : undefined}
      integer={name === "M"}
      step={name === "M" ? 1 : name === "A" ? 0.01 : 0.1}
      textOf={shortText}
      width={4}
      markOf={markOf}
      onVisit={(row, column) => props.onChoose({ name, row, column })}
      onChange={props.onWrite}
    />
  );
}

interface StillTableProps {
  readonly name: ArrayName;
  readonly matrix: NDArray;
  readonly words: readonly string[];
  readonly label: string;
}

/** The same in the build's picture: the colours alone, in cells of the same size. */
function StillTable({ name, matrix, words, label }: StillTableProps) {
  const [rows = 1, columns = 1] = matrix.shape;
  return (
    <table className="editable-matrix" data-sym={name}>
      {isTable(name) && (
        <thead>
          <tr>
            <td />
            {words.map((word, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={column}>{word}</th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {words.map((word, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row}>
            <th>{word}</th>
            {row === 0 && (
              <td
                className="attention-still"
                rowSpan={rows}
                colSpan={columns}
                style={{ inlineSize: `calc(${columns} * var(--cell-width))` }}
              >
                <Picture
                  values={matrix}
                  label={label}
                  scale={name === "A" || name === "M" ? "ink" : "diverging"}
                  reach={name === "M" ? paleMask : undefined}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
