import { useMemo, useState } from "react";
import { entry, ndarray } from "../../../src/data/ndarray.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { vocabulary } from "../phrases.ts";
import { twinOf } from "../skipLab.ts";
import {
  found,
  pairTexts,
  readOff,
  type SkipTrigram,
  skipTrigrams,
  type Tables,
} from "../skipNumbers.ts";
import { percentText } from "./percentText.ts";

const mostRows = 10;
/** A word that the model finds at least so likely although it never came there. */
const wrongFrom = 0.1;
const kinds = [
  { value: "all", label: "all" },
  { value: "never", label: "never in the texts" },
];

interface SkipListProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly tables: Tables;
}

/** The skip-trigrams that the weights hold, the strongest first; each can be tried on the model. */
export function SkipList({ frame, lab, tables }: SkipListProps) {
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState("all");
  const all = useMemo(() => skipTrigrams(tables), [tables]);
  const wanted = kind === "all" ? all : all.filter(({ share, p }) => share === 0 && p >= wrongFrom);
  const rows = found(wanted, search);
  const word = (number: number) => vocabulary[number] ?? "";
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
              <th scope="col">likely after ⏎ A B</th>
              <th scope="col">in the texts</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <Row
                key={`${row.a} ${row.b} ${row.c}`}
                row={row}
                onTry={() => lab.configure({ text: `${word(row.a)} ${word(row.b)}` })}
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
    <tr data-wrong={(share === 0 && p >= wrongFrom) || undefined}>
      <th scope="row">
        <button type="button" onClick={onTry} title="Try it on the model">
          {vocabulary[a]} … {vocabulary[b]} → {vocabulary[c]}
        </button>
      </th>
      <td>
        {percentText(attention)} <small>head {head}</small>
      </td>
      <td>{signedText(raise, 2)}</td>
      <td>{signedText(part, 2)}</td>
      <td>{percentText(p)}</td>
      <td>{percentText(share)}</td>
    </tr>
  );
}

/** Runs the model on ⏎ A B for every pair A … B of the texts, and compares with what the tables say. */
function EveryPair({ frame, lab, tables }: SkipListProps) {
  const [checked, setChecked] = useState<{ of: number; says: string } | null>(null);
  // Other weights have another sum, and what was found of these holds no more.
  const weights = [tables.QK, tables.OV, tables.gate]
    .flatMap((one) => [...one])
    .reduce((a, b) => a + b);
  const check = async () => {
    const texts = pairTexts();
    const name = `${twinOf(frame)}.p_next`;
    const said = (await lab.ask({ x: ndarray(texts) }, [name]))[name];
    const V = vocabulary.length;
    let apart = 0;
    for (const [i, text] of texts.entries()) {
      for (const [c, p] of readOff(tables, text).p.entries()) {
        apart = Math.max(apart, Math.abs(p - entry(said, i * V + c)));
      }
    }
    setChecked({
      of: weights,
      says: `The model, run on ${texts.length} texts ⏎ A B, one for every pair of the texts: its ${texts.length * V} probabilities are those read off, to ${numberText(apart, 1)}.`,
    });
  };
  return (
    <p className="lab-buttons skip-check">
      <button type="button" disabled={frame.playing} onClick={() => void check()}>
        Run the model on every pair
      </button>{" "}
      <span role="status">{checked?.of === weights && checked.says}</span>
    </p>
  );
}
