import { useEffect, useMemo, useState } from "react";
import { ndarray } from "../../../src/data/ndarray.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { longest, vocabulary } from "../phrases.ts";
import { twinOf } from "../skipLab.ts";
import {
  found,
  markOf,
  metPairs,
  readOff,
  type SkipTrigram,
  skipTrigrams,
  softmax,
  type Tables,
} from "../skipNumbers.ts";
import { percentText } from "./percentText.ts";

const mostRows = 10;
const kinds = [
  { value: "all", label: "all" },
  { value: "never", label: "never in the texts" },
];

interface SkipListProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly tables: Tables;
}

/** The skip-trigrams that the weights hold, the strongest first; each can be tried on the model. */
export function SkipList({ frame, lab, tables }: SkipListProps) {
  const rested = useRested(tables, frame.playing);
  const [search, setSearch] = useState("keep");
  const [kind, setKind] = useState("all");
  const all = useMemo(() => skipTrigrams(rested), [rested]);
  const wanted = kind === "all" ? all : all.filter(({ share }) => share === 0);
  const rows = found(wanted, search);
  return (
    <section className="skip-list">
      <div className="skip-search">
        <label className="control">
          <span className="control-label">Search</span>
          <input
            type="search"
            className="lab-text-field"
            value={search}
            maxLength={40}
            placeholder="keep at"
            onKeyDown={(event) => event.stopPropagation()}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <Segmented label="Show" value={kind} options={kinds} onChange={setKind} />
      </div>
      <div className="skip-scroll">
        <table>
          <caption>
            A … B → C, read off the weights: {rows.length} of {all.length}
          </caption>
          <thead>
            <tr>
              <th scope="col">A … B → C</th>
              <th scope="col">B looks at A</th>
              <th scope="col">A raises C by</th>
              <th scope="col">so C gets</th>
              <th scope="col">then likely</th>
              <th scope="col">in the texts</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <Row
                key={`${row.a} ${row.b} ${row.c}`}
                row={row}
                onTry={() => lab.configure({ text: textOf(row.text) })}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className="figure-note">The weights hold none of these.</p>}
      <EveryPair frame={frame} lab={lab} tables={tables} />
    </section>
  );
}

function Row({ row, onTry }: { readonly row: SkipTrigram; readonly onTry: () => unknown }) {
  const { a, b, c, attention, raise, part, head, p, share } = row;
  return (
    <tr data-wrong={share === 0 || undefined}>
      <th scope="row">
        <button type="button" onClick={onTry} title="Try it on the model">
          {vocabulary[a]} … {vocabulary[b]} → {vocabulary[c]}
        </button>
      </th>
      <td>
        {percentText(attention)} <small>head {head}</small>
      </td>
      <td>{signedText(raise, 2)}</td>
      <td>{Math.abs(part) < 0.05 ? 0 : signedText(part, 2)}</td>
      <td>{percentText(p)}</td>
      <td>{percentText(share)}</td>
    </tr>
  );
}

/** The words of a text, without the sign it begins with. */
const textOf = (text: readonly number[]): string =>
  text
    .slice(1)
    .map((word) => vocabulary[word])
    .join(" ");

/** The tables of the moment when training last rested: to go through all pairs takes longer than a frame may. */
function useRested(tables: Tables, playing: boolean): Tables {
  const [rested, setRested] = useState(tables);
  const mark = markOf(tables);
  useEffect(() => {
    if (!playing && markOf(rested) !== mark) setRested(tables);
  }, [tables, rested, mark, playing]);
  return rested;
}

/** Runs the model on a text for every pair A … B, and compares with what the tables say. */
function EveryPair({ frame, lab, tables }: SkipListProps) {
  const [checked, setChecked] = useState<{ of: number; says: string } | null>(null);
  const mark = markOf(tables);
  const check = async () => {
    const { pairs } = metPairs();
    const name = `${twinOf(frame)}.logits`;
    const x = pairs.map(({ text }) => [...text, ...Array(longest - text.length).fill(0)]);
    const logits = (await lab.ask({ x: ndarray(x) }, [name]))[name]?.data ?? new Float32Array();
    const V = vocabulary.length;
    let apart = 0;
    for (const [i, { text }] of pairs.entries()) {
      const at = (i * longest + text.length - 1) * V;
      const said = softmax(logits.subarray(at, at + V));
      for (const [c, p] of readOff(tables, text).p.entries()) {
        apart = Math.max(apart, Math.abs(p - (said[c] ?? Number.NaN)));
      }
    }
    setChecked({
      of: mark,
      says: `Run on ${pairs.length} texts, one for every pair A … B: all ${pairs.length * V} probabilities are those read off, to ${numberText(apart, 1)}.`,
    });
  };
  return (
    <p className="lab-buttons skip-check">
      <button type="button" disabled={frame.playing} onClick={() => void check()}>
        Run the model on every pair
      </button>{" "}
      <span role="status">{checked?.of === mark && checked.says}</span>
    </p>
  );
}
