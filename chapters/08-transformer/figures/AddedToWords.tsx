import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { extentOf } from "../../../src/viz/grid.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { wordsIn } from "../positionsData.ts";
import { rowOf, settingsOf, tableOptions } from "../positionsLab.ts";
import { TablePicture } from "./TablePicture.tsx";

/** The rows of a sentence's words, the rows of their places, and the sum that a transformer reads. */
export function AddedToWords({ frame, lab }: FigureProps) {
  const { d } = settingsOf(frame);
  const words = wordsIn(String(frame.config.sentence));
  const n = words.length;
  const learns = frame.config.table === "learned";
  const flat = (array: NDArray | undefined): NDArray | null =>
    array && array.data.length >= n * d
      ? { shape: [n, d], data: array.data.slice(0, n * d) }
      : null;
  const e = flat(frame.values["e@words"]);
  const P = flat(frame.values[learns ? "W_P" : "P@words"]);
  const x = flat(frame.values[learns ? "learned.x@words" : "x@words"]);
  const fits = frame.values["e@words"]?.data.length === n * d;
  return (
    <>
      <LiveTextField
        label="Sentence"
        value={String(frame.config.sentence)}
        longest={100}
        onChange={(sentence, gesture) => lab.configure({ sentence }, gesture)}
      />
      <Segmented
        label="Add"
        value={learns ? "learned" : "waves"}
        options={tableOptions}
        onChange={(table) => lab.configure({ table })}
      />
      {e && P && x && fits && (
        <div className="positions-sum" style={{ "--n": n } as CSSProperties}>
          <ol>
            {words.map((word, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
              <li key={i}>{word}</li>
            ))}
          </ol>
          <TablePicture
            values={e}
            label="the rows of the words"
            sym="e"
            title={<b>e</b>}
            reach={extentOf(x.data).reach}
          />
          <span>+</span>
          <TablePicture
            values={P}
            label="the rows of the places"
            sym={learns ? "W_P" : "P"}
            title={<b>{learns ? "W_P" : "P"}</b>}
            reach={extentOf(x.data).reach}
          />
          <span>=</span>
          <TablePicture
            values={x}
            label="the sum"
            sym="e"
            title={
              <>
                <b>x</b> {n} × {d}
              </>
            }
            reach={extentOf(x.data).reach}
          />
        </div>
      )}
      <p className="figure-note" role="status">
        {e && x && fits && twinsOf(words, e, x)}
      </p>
    </>
  );
}

/** What becomes of the first word that stands in the sentence twice. */
function twinsOf(words: readonly string[], e: NDArray, x: NDArray): string {
  const second = words.findIndex((word, i) => words.indexOf(word) < i);
  if (second < 0) return "No word stands here twice: write one again, and compare its rows.";
  const first = words.indexOf(words[second] as string);
  const apart = (table: NDArray) => {
    const [one, other] = [rowOf(table, first), rowOf(table, second)];
    return Math.sqrt(one.reduce((sum, value, i) => sum + (value - (other[i] ?? 0)) ** 2, 0));
  };
  return `“${words[first]}” stands at places ${first} and ${second}. Its rows of e are the same: their distance is ${numberText(apart(e))}. With the places added it is ${numberText(apart(x))}.`;
}
