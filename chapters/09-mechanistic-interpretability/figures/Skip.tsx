import "./skip.css";
import { useMemo } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { readPhrase, vocabulary } from "../phrases.ts";
import { nextWords, twinOf } from "../skipLab.ts";
import { readOff, type Tables, tablesOf } from "../skipNumbers.ts";
import { Circuits } from "./Circuits.tsx";
import { PhraseTables } from "./PhraseTables.tsx";
import { percentText } from "./percentText.ts";
import { Share } from "./Share.tsx";
import { SkipList } from "./SkipList.tsx";

const models = [
  { value: "one", label: "one head" },
  { value: "two", label: "two heads" },
];

/** A model of one layer, and what its weights say of it. */
export function Skip({ frame, lab }: FigureProps) {
  const isStill = useStillness();
  const twin = twinOf(frame);
  const tables = useMemo(() => tablesOf(frame, twin), [frame, twin]);
  if (!tables) return null;
  return (
    <div className="skip">
      <div className="skip-head">
        <Segmented
          label="Model"
          value={twin}
          options={models}
          onChange={(model) => lab.configure({ model })}
        />
        <LiveTextField
          label="Text"
          value={String(frame.config.text)}
          longest={120}
          describedBy="skip-note"
          onChange={(text, gesture) => lab.configure({ text }, gesture)}
        />
      </div>
      <p id="skip-note" className="figure-note" role="status">
        {readPhrase(String(frame.config.text)).problem}
      </p>
      <div className="skip-body">
        <Text frame={frame} tables={tables} />
        <PhraseTables frame={frame} lab={lab} />
      </div>
      {!isStill && (
        <>
          <SkipList frame={frame} lab={lab} tables={tables} />
          <Circuits frame={frame} lab={lab} tables={tables} />
        </>
      )}
    </div>
  );
}

/** Where each head looks from the last word of the text, and what comes next: by the model, and by its tables. */
function Text({ frame, tables }: Pick<FigureProps, "frame"> & { readonly tables: Tables }) {
  const tokens = Array.from(frame.input.x?.data ?? []);
  const said = frame.values[`${twinOf(frame)}.p_next`]?.data ?? [];
  const { attention, p } = readOff(tables, tokens);
  const apart = p.reduce((most, one, i) => Math.max(most, Math.abs(one - (said[i] ?? 0))), 0);
  return (
    <section className="skip-text">
      <table>
        <caption>From the last word it looks at</caption>
        <thead>
          <tr>
            <td />
            {attention.map((_, head) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number
              <th key={head} scope="col">
                head {head + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
            <tr key={at}>
              <th scope="row">{vocabulary[token]}</th>
              {attention.map((shares, head) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number
                <td key={head}>
                  <Share of={shares[at]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>What comes next</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">the model</th>
            <th scope="col">its tables</th>
          </tr>
        </thead>
        <tbody>
          {nextWords(frame, 4).map(({ word, p: own }) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              <td>
                <Share of={own} />
              </td>
              <td>{percentText(p[vocabulary.indexOf(word)])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="figure-note">
        Over all {vocabulary.length} words the two differ by {numberText(apart, 1)} at most.
      </p>
    </section>
  );
}
