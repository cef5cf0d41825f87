import "./attention.css";
import { type ReactNode, useRef, useState } from "react";
import { type NDArray, ndarray } from "../../../src/data/ndarray.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture, useDraft, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { features, isKnown, leftOut, longest, wordsOf } from "../words.ts";
import { type ArrayName, arrayNames, at, type Cell, isSource, matrixOf } from "./cells.ts";
import { HowMade } from "./HowMade.tsx";

const captions: Readonly<Record<ArrayName, string>> = {
  Q: "queries: what each word asks",
  K: "keys: what it answers to",
  V: "values: what it contributes",
  S: "scores: how well they fit",
  A: "attention: each row shares out 1",
  Z: "what each word gathers",
};

/** Beyond so many columns, numbers cannot be read side by side. */
const mostColumns = 12;

/** One head, every number of it. */
export function Attention({ frame, lab }: FigureProps) {
  const words = wordsOf(String(frame.config.sentence));
  const [picked, choose] = useState<Cell>({ name: "A", row: 1, column: 2 });
  const chosen = within(picked, words.length, frame.values);
  const write =
    (name: string, { shape, data }: NDArray) =>
    (shown: number[], gesture: string, index: number) => {
      const changed = Float32Array.from(data);
      changed[index] = shown[index] as number;
      return lab.write(name, { shape, data: changed }, gesture);
    };
  return (
    <div className="attention">
      <Sentence frame={frame} lab={lab} />
      <div className="attention-arrays">
        {arrayNames.map((name) => {
          const array = frame.values[name];
          return (
            array && (
              <Numbers
                key={name}
                name={name}
                array={array}
                words={words}
                mask={frame.values.M}
                chosen={chosen}
                onChoose={choose}
                onWrite={write(name, array)}
                isHeld={frame.held.includes(name)}
                onLetGo={() => lab.release(name)}
              />
            )
          );
        })}
        <HowMade frame={frame} words={words} chosen={chosen} />
      </div>
      <Mask frame={frame} lab={lab} words={words} chosen={chosen} />
      <Weights frame={frame} lab={lab} words={words} onWrite={write} />
    </div>
  );
}

/** The chosen number, where a shorter sentence still has it. */
function within(cell: Cell, T: number, values: FigureProps["frame"]["values"]): Cell {
  const wide = values[cell.name]?.shape.at(-1) ?? 1;
  return {
    ...cell,
    row: Math.min(cell.row, T - 1),
    column: Math.min(cell.column, wide - 1),
  };
}

/** To two places after the point: what is less does not fit a cell, and is little to a row that sums to 1. */
function rounded({ shape, data }: NDArray): NDArray {
  return { shape, data: data.map((value) => Math.round(100 * value) / 100) };
}

interface NumbersProps {
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
function Numbers({ name, array, words, mask, chosen, onChoose, ...props }: NumbersProps) {
  const isStill = useStillness();
  const matrix = matrixOf(array);
  const shown = rounded(matrix);
  const columns = matrix.shape[1] ?? 1;
  const isTable = name === "S" || name === "A";
  const markOf = (row: number, column: number) => {
    const cell = { name, row, column };
    if (isTable && at(mask, row, column) === 0) return "hidden";
    if (chosen.name === name && chosen.row === row && chosen.column === column) return "chosen";
    return isSource(chosen, cell) ? "source" : undefined;
  };
  return (
    <figure className="attention-array" data-array={name} data-held={props.isHeld || undefined}>
      <figcaption data-sym={name}>
        <b>{name}</b> {captions[name]}
        {props.isHeld && (
          <button type="button" disabled={isStill} onClick={props.onLetGo}>
            Let {name} go
          </button>
        )}
      </figcaption>
      <div className="attention-scroll">
        {columns <= mostColumns ? (
          <EditableMatrix
            values={shown}
            initial={props.isHeld ? undefined : shown.data}
            label={`${name}, ${captions[name]}`}
            sym={name}
            rowLabels={words}
            columnLabels={isTable ? words : undefined}
            entryLabel={(row, column) =>
              `${name}, “${words[row]}”, ${isTable ? `“${words[column]}”` : `number ${column + 1}`}`
            }
            reach={name === "A" ? 1 : undefined}
            min={name === "A" ? 0 : undefined}
            max={name === "A" ? 1 : undefined}
            step={name === "A" ? 0.01 : 0.1}
            digits={2}
            width={5}
            markOf={markOf}
            onVisit={(row, column) => onChoose({ name, row, column })}
            onChange={props.onWrite}
          />
        ) : (
          <Heatmap values={matrix} label={`${name}, ${captions[name]}`} sym={name} />
        )}
      </div>
    </figure>
  );
}

type PartProps = Pick<FigureProps, "frame" | "lab">;

/** The reader's sentence, and what of it is not read as it was typed. */
function Sentence({ frame, lab }: PartProps) {
  const isStill = useStillness();
  const text = String(frame.config.sentence);
  const { shown, hold, letGo } = useDraft(text, Object.is);
  const gesture = useRef("");
  const { write, flush } = useFrameWrite<string>((sentence, own) =>
    lab.configure({ sentence }, own),
  );
  return (
    <div className="attention-sentence">
      <label className="control">
        <span className="control-label">Sentence</span>
        <input
          type="text"
          className="lab-text-field"
          value={shown}
          maxLength={120}
          disabled={isStill}
          spellCheck={false}
          autoComplete="off"
          onFocus={() => {
            gesture.current = newGesture();
          }}
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => {
            hold(event.target.value);
            write(event.target.value, gesture.current);
          }}
          onBlur={() => letGo(flush())}
        />
      </label>
      <p className="figure-note" role="status">
        {noteOn(text)}
      </p>
    </div>
  );
}

function noteOn(text: string): ReactNode {
  const strange = [...new Set(wordsOf(text).filter((word) => !isKnown(word)))];
  const left = leftOut(text);
  return (
    <>
      {text.trim() === "" && "There is no word to read, so it reads “the”. "}
      {strange.length > 0 &&
        `It does not know what kind of word ${strange.map((word) => `“${word}”`).join(", ")} is: there it has the place alone. `}
      {left > 0 && `It reads the first ${longest} words.`}
    </>
  );
}

/** Whether the word of the chosen row may look at that of its column. */
function Mask({
  frame,
  lab,
  words,
  chosen,
}: PartProps & { words: readonly string[]; chosen: Cell }) {
  const isStill = useStillness();
  const { M } = frame.values;
  const isHeld = frame.held.includes("M");
  if (!M) return null;
  const isHidden = at(M, chosen.row, chosen.column) === 0;
  const flip = () => {
    const data = Float32Array.from(M.data);
    data[chosen.row * words.length + chosen.column] = isHidden ? 1 : 0;
    return lab.write("M", { shape: M.shape, data });
  };
  return (
    <p className="attention-mask lab-buttons">
      <button
        type="button"
        disabled={isStill || (chosen.name !== "S" && chosen.name !== "A")}
        onClick={flip}
      >
        {isHidden ? "Show" : "Hide"} “{words[chosen.column] ?? words[0]}” {isHidden ? "to" : "from"}{" "}
        “{words[chosen.row]}”
      </button>
      {isHeld && (
        <button type="button" disabled={isStill} onClick={() => lab.release("M")}>
          Let the mask go
        </button>
      )}
    </p>
  );
}

interface WeightsProps extends PartProps {
  readonly words: readonly string[];
  readonly onWrite: (
    name: string,
    array: NDArray,
  ) => (values: number[], gesture: string, index: number) => unknown;
}

/** What the head starts from: the words' vectors, and its three matrices. */
function Weights({ frame, lab, words, onWrite }: WeightsProps) {
  const { x } = frame.input;
  const wide = (frame.values.W_Q?.shape.at(-1) ?? 1) > mostColumns;
  return (
    <details className="attention-weights">
      <summary>The words’ vectors, and the head’s weights</summary>
      <div className="attention-arrays">
        {x && (
          <figure className="attention-array">
            <figcaption>
              <b>x</b> kind and place of each word
            </figcaption>
            <div className="attention-scroll">
              <EditableMatrix
                values={x}
                label="the words’ vectors x"
                rowLabels={words}
                columnLabels={features}
                step={0.1}
                digits={2}
                width={5}
                onChange={(values, gesture) =>
                  lab.input(
                    { x: ndarray({ shape: x.shape, data: Float32Array.from(values) }) },
                    gesture,
                  )
                }
              />
            </div>
          </figure>
        )}
        {(["W_Q", "W_K", "W_V"] as const).map((name) => {
          const array = frame.values[name];
          if (!array) return null;
          const matrix = matrixOf(array);
          const label = `weights ${name}`;
          return (
            <figure key={name} className="attention-array">
              <figcaption data-sym={name}>
                <b>
                  W<sub>{name[2]}</sub>
                </b>{" "}
                {wide ? "64 columns, drawn at random" : "from the vector to three numbers"}
              </figcaption>
              <div className="attention-scroll">
                {wide ? (
                  <Heatmap values={matrix} label={label} sym={name} />
                ) : (
                  <EditableMatrix
                    values={matrix}
                    label={label}
                    sym={name}
                    rowLabels={features}
                    step={0.1}
                    digits={2}
                    width={5}
                    onChange={onWrite(name, array)}
                  />
                )}
              </div>
            </figure>
          );
        })}
      </div>
    </details>
  );
}
