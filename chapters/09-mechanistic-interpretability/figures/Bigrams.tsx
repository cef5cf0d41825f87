import "./bigrams.css";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Select } from "../../../src/widgets/Select.tsx";
import { comparedPairs, trueBigrams } from "../bigramsNumbers.ts";
import { vocabulary } from "../phrases.ts";
import { percentText } from "./percentText.ts";
import { Share } from "./Share.tsx";
import { WordTable } from "./WordTable.tsx";

const V = vocabulary.length;
/** Seen as white: less than one in a thousand. */
const least = Math.log(0.001);
const shown = 6;

/** What the model says after every word beside what the texts have after it. */
export function Bigrams({ frame, lab }: FigureProps) {
  const { logs, correlation, excess, floor } = comparedPairs(frame.values.W_EU);
  const truth = trueBigrams().logs;
  const row = Math.max(0, vocabulary.indexOf(String(frame.config.word)));
  const choose = (at: number) => lab.configure({ word: vocabulary[at] ?? "at" });
  const table = (title: string, label: string, values: Float32Array, sym?: string) => (
    <WordTable
      title={title}
      label={label}
      values={{ shape: [V, V], data: shades(values) }}
      nameOf={(i, j) =>
        `${vocabulary[i]} ${vocabulary[j]}: ${percentText(Math.exp(values[i * V + j] ?? 0))}`
      }
      row={row}
      onChoose={choose}
      sym={sym}
    />
  );
  return (
    <div className="bigrams">
      <div className="bigrams-tables">
        {table("The model", "What the model says after each word", logs, "W_EU")}
        {table("The texts", "What comes after each word in the texts", truth)}
        <Scatter logs={logs} truth={truth} correlation={correlation} />
      </div>
      <div className="bigrams-below">
        <section>
          <Select
            label="After the word"
            value={vocabulary[row] ?? ""}
            options={vocabulary.map((word) => ({ value: word, label: word }))}
            onChange={(word) => lab.configure({ word })}
          />
          <Followers logs={logs} truth={truth} row={row} />
        </section>
        <dl className="bigrams-cost">
          <div>
            <dt>A word costs the model</dt>
            <dd>{numberText(floor + excess, 3)} nats</dd>
          </div>
          <div>
            <dt>the least, for who sees one word</dt>
            <dd>{numberText(floor, 3)} nats</dd>
          </div>
        </dl>
      </div>
    </div>
  );
}

/** 1 where a word is certain, 0 where it comes less than once in a thousand. */
const shades = (logs: Float32Array): Float32Array =>
  logs.map((log) => Math.max(0, 1 - log / least));

interface RowProps {
  readonly logs: Float32Array;
  readonly truth: Float32Array;
  readonly row: number;
}

/** The likeliest words after one, in the texts and by the model. */
function Followers({ logs, truth, row }: RowProps) {
  const of = (all: Float32Array, column: number) => Math.exp(all[row * V + column] ?? Number.NaN);
  const most = vocabulary
    .map((word, column) => ({ word, p: of(truth, column), own: of(logs, column) }))
    .sort((x, y) => y.p - x.p || y.own - x.own)
    .slice(0, shown);
  return (
    <table className="bigrams-followers">
      <thead>
        <tr>
          <th scope="col">comes</th>
          <th scope="col">the model</th>
          <th scope="col">the texts</th>
        </tr>
      </thead>
      <tbody>
        {most.map(({ word, p, own }) => (
          <tr key={word}>
            <th scope="row">{word}</th>
            <td>
              <Share of={own} />
            </td>
            <td>{percentText(p)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const axis = { domain: [-8, 0.4], ticks: [-8, -6, -4, -2, 0] } as const;

/** A dot for every pair of words that occurs. */
function Scatter({ logs, truth, correlation }: Omit<RowProps, "row"> & { correlation: number }) {
  return (
    <figure className="bigrams-scatter">
      <Plane
        x={{ ...axis, label: "ln p in the texts" }}
        y={{ ...axis, label: "ln p by the model" }}
        width={360}
        height={330}
        label={`Log-probabilities of all pairs that occur, of the texts and of the model: correlation ${numberText(correlation, 3)}`}
      >
        <Dots logs={logs} truth={truth} />
      </Plane>
      <figcaption>correlation {numberText(correlation, 3)}</figcaption>
    </figure>
  );
}

function Dots({ logs, truth }: Omit<RowProps, "row">) {
  const { x, y } = usePlane();
  const [low] = axis.domain;
  const dots: string[] = [];
  for (const [at, real] of truth.entries()) {
    if (!Number.isFinite(real)) continue;
    const own = Math.max(low, logs[at] ?? low);
    dots.push(`M${x(real).toFixed(1)} ${y(own).toFixed(1)}h0`);
  }
  return (
    <>
      <path className="bigrams-even" d={`M${x(low)} ${y(low)}L${x(0)} ${y(0)}`} />
      <path className="bigrams-dots" d={dots.join("")} />
    </>
  );
}
