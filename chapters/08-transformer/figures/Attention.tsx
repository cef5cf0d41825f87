import "./attention.css";
import { type ReactNode, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import type { ConfigValue } from "../../../src/training/lab.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { EditableMatrix } from "../../../src/widgets/EditableMatrix.tsx";
import { FieldControl } from "../../../src/widgets/FieldControl.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type AttentionConfig, attentionLab, placesOf } from "../attentionLab.ts";
import { features, isKnown, leftOut, longest, wordsOf } from "../words.ts";
import { arrayNames, type Cell, matrixOf, shortText } from "./cells.ts";
import { HowMade } from "./HowMade.tsx";
import { Through } from "./Through.tsx";
import { mostColumns, WordTable } from "./WordTable.tsx";

/** One head, every number of it. */
export function Attention({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const words = placesOf(frame.config as AttentionConfig);
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
      <Settings frame={frame} lab={lab} />
      <div className="attention-flow">
        <div className="attention-arrays">
          {arrayNames.map((name) => {
            const array = frame.values[name];
            return (
              array && (
                <WordTable
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
        </div>
        <div className="attention-side">
          <HowMade frame={frame} words={words} chosen={chosen} />
          <Through frame={frame} words={words} />
        </div>
      </div>
      {!isStill && <Weights frame={frame} lab={lab} words={words} onWrite={write} />}
    </div>
  );
}

/** The chosen number, where a shorter sentence still has it. */
function within(cell: Cell, T: number, values: FigureProps["frame"]["values"]): Cell {
  const wide = values[cell.name]?.shape.at(-1) ?? 1;
  if (wide > mostColumns) return { name: "A", row: 0, column: 0 };
  return {
    ...cell,
    row: Math.min(cell.row, T - 1),
    column: Math.min(cell.column, wide - 1),
  };
}

type PartProps = Pick<FigureProps, "frame" | "lab">;

/** The reader's sentence, and how the head reads it. */
function Settings({ frame, lab }: PartProps) {
  const { config } = frame;
  const sentence = String(config.sentence);
  const shown = ["filling", "head", ...(config.head === "random" ? ["d_k"] : []), "mask", "scaled"];
  return (
    <div className="attention-settings">
      <LiveTextField
        label="Sentence"
        value={sentence}
        longest={120}
        describedBy="attention-note"
        onChange={(text, gesture) => lab.configure({ sentence: text }, gesture)}
      />
      <p id="attention-note" className="figure-note" role="status">
        {noteOn(sentence)}
      </p>
      <div className="lab-controls">
        {shown.map((name) => {
          const field = attentionLab.fields[name];
          const value = config[name];
          if (!field || value === undefined) return null;
          const change = (next: ConfigValue, gesture?: string) =>
            lab.configure({ [name]: next }, gesture);
          return (
            <FieldControl key={name} name={name} field={field} value={value} onChange={change} />
          );
        })}
      </div>
    </div>
  );
}

/** What of the sentence is not read as it was typed. */
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
  const width = frame.values.W_Q?.shape.at(-1) ?? 1;
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
                textOf={shortText}
                width={4}
                onChange={(values, gesture) =>
                  lab.input(
                    { ...frame.input, x: { shape: x.shape, data: Float32Array.from(values) } },
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
                {width > mostColumns
                  ? `${width} columns, drawn at random`
                  : `from the vector to ${width} numbers`}
              </figcaption>
              <div className="attention-scroll">
                {width > mostColumns ? (
                  <div className="attention-wide">
                    <Heatmap values={matrix} label={label} sym={name} />
                  </div>
                ) : (
                  <EditableMatrix
                    values={matrix}
                    label={label}
                    sym={name}
                    rowLabels={features}
                    step={0.1}
                    textOf={shortText}
                    width={4}
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
