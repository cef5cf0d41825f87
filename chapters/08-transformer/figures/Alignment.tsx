import { type CSSProperties, useState } from "react";
import { end } from "../../../src/data/translation.ts";
import { Heatmap } from "../../../src/viz/Heatmap.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type WrittenWord, writtenWords } from "../translationLab.ts";
import { forcedText, forcedWords, readSentence } from "../translationText.ts";

type PartProps = Pick<FigureProps, "frame" | "lab">;

/** How a word that ends a sentence is shown. */
export const shownWord = (word: string) => (word === end ? "■" : word);

/** A probability in whole percents; what is less than half of one is not nothing. */
export const percentText = (p: number) =>
  p > 0 && p < 0.005 ? "< 1 %" : `${Math.round(100 * p)} %`;

/** The words of both languages, and lines from each that is written to those that the decoder looks at. */
export function Alignment({ frame, lab }: PartProps) {
  const isStill = useStillness();
  const [head, setHead] = useState("all");
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const { words } = readSentence(String(frame.config.sentence));
  const written = writtenWords(frame);
  const heads = written[0]?.attention.length ?? 1;
  const rows = written.map(({ attention }) => shares(attention, head, words.length));
  const at = chosen !== null && chosen < written.length ? chosen : null;
  return (
    <section className="alignment">
      {isTable ? (
        <div className="alignment-scroll">
          <Heatmap
            values={{ shape: [rows.length, words.length], data: Float32Array.from(rows.flat()) }}
            label="How each Spanish word shares its attention among the English words"
            rowLabels={written.map(({ word }) => shownWord(word))}
            columnLabels={words}
            scale="sequential"
            reach={1}
            digits={2}
          />
        </div>
      ) : (
        <div className="alignment-scroll">
          <div
            className="alignment-inner"
            style={{ "--columns": Math.max(words.length, written.length) } as CSSProperties}
          >
            <div className="alignment-words" aria-hidden="true">
              {words.map((word, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
                <span key={j} data-weak={isWeak(rows, at, j) || undefined}>
                  {word}
                </span>
              ))}
            </div>
            <Lines rows={rows} chosen={at} across={words.length} />
            <ol className="alignment-words alignment-written" aria-label="What it writes">
              {written.map(({ word, p, isForced }, t) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a word is its step
                <li key={t}>
                  <button
                    type="button"
                    disabled={isStill}
                    aria-pressed={t === at}
                    data-forced={isForced || undefined}
                    onClick={() => setChosen(t === at ? null : t)}
                  >
                    {shownWord(word)}
                    <small>{isForced ? "yours" : percentText(p)}</small>
                  </button>
                </li>
              ))}
            </ol>
          </div>
        </div>
      )}
      {!isStill && (
        <div className="alignment-controls">
          {heads > 1 && (
            <Segmented
              label="Head"
              value={head}
              options={[
                { value: "all", label: "all" },
                ...Array.from({ length: heads }, (_, i) => ({
                  value: String(i),
                  label: String(i + 1),
                })),
              ]}
              onChange={setHead}
            />
          )}
          <Segmented
            label="As"
            value={isTable ? "table" : "lines"}
            options={[
              { value: "lines", label: "lines" },
              { value: "table", label: "a table" },
            ]}
            onChange={(next) => setTable(next === "table")}
          />
        </div>
      )}
      {!isStill && !isTable && <Choices frame={frame} lab={lab} written={written} at={at} />}
    </section>
  );
}

/** How a step shares its attention among the words: by one head, or by all on average. */
function shares(attention: WrittenWord["attention"], head: string, count: number): number[] {
  const of = head === "all" ? attention : [attention[Number(head)] ?? attention[0] ?? []];
  return Array.from(
    { length: count },
    (_, j) => of.reduce((sum, row) => sum + (row[j] ?? 0), 0) / of.length,
  );
}

/** Whether the chosen step hardly looks at this word. */
function isWeak(rows: readonly (readonly number[])[], chosen: number | null, j: number): boolean {
  return chosen !== null && (rows[chosen]?.[j] ?? 0) < 0.15;
}

interface LinesProps {
  readonly rows: readonly (readonly number[])[];
  readonly chosen: number | null;
  readonly across: number;
}

/** A line is as strong as the attention. What is below a share of 4 % is not drawn. */
function Lines({ rows, chosen, across }: LinesProps) {
  const place = (i: number, count: number) => ((i + 0.5) * 1000) / count;
  return (
    <svg
      className="alignment-lines"
      viewBox="0 0 1000 100"
      preserveAspectRatio="none"
      role="img"
      aria-label="Lines from each Spanish word to the English words that the decoder looks at while it writes it"
    >
      {rows.flatMap((row, t) =>
        row.map((share, j) =>
          share < 0.04 || (chosen !== null && chosen !== t) ? null : (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its two places
              key={`${t} ${j}`}
              d={`M${Math.round(place(j, across))} 0L${Math.round(place(t, rows.length))} 100`}
              strokeOpacity={Math.round(100 * share) / 100}
            />
          ),
        ),
      )}
    </svg>
  );
}

/** What might stand at the chosen step, and the reader's way to put another word there. */
function Choices({
  frame,
  lab,
  written,
  at,
}: PartProps & { written: readonly WrittenWord[]; at: number | null }) {
  const put = forcedWords(String(frame.config.forced));
  const write = (step: number, word: string | null) =>
    lab.configure({ forced: forcedText(put.map((old, t) => (t === step ? word : old))) });
  const isPut = put.some((word) => word !== null);
  const step = at === null ? undefined : written[at];
  return (
    <div className="alignment-choices">
      {step && at !== null ? (
        <>
          <p className="figure-note">
            Word {at + 1}: how sure it is. Choose another, and it goes on from there.
          </p>
          <ul>
            {step.best.map(({ word, p }) => (
              <li key={word}>
                <button
                  type="button"
                  aria-pressed={word === step.word}
                  onClick={() => write(at, word)}
                >
                  {shownWord(word)}
                </button>
                <small>{numberText(100 * p, 2)} %</small>
                <span className="translation-bar" aria-hidden="true">
                  <span style={{ inlineSize: `${100 * p}%` }} />
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="figure-note">
          Choose a Spanish word to see what else might have stood there, and to put it there.
        </p>
      )}
      {isPut && (
        <button type="button" onClick={() => lab.configure({ forced: "" })}>
          Let it choose all words again
        </button>
      )}
    </div>
  );
}
