import type { CSSProperties } from "react";
import { divergingCss } from "../../../src/viz/colour.ts";
import { signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { askedOf, headNames, pathName, pathsInto, scoreParts, scoreTap } from "../pathsNumbers.ts";
import { letterOf } from "../repeats.ts";
import { turned } from "./gates.ts";
import { LetterRow } from "./LetterRow.tsx";

/** Why a head of the second layer looks where it looks: its score, path by path on both sides. */
export function PathScores({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const head = Number(frame.config.head) - 1;
  const name = headNames[1]?.[head] ?? "";
  const { tokens, place } = askedOf(frame);
  const { key, shares, parts, kept } = scoreParts(frame, head);
  const ways = pathsInto(1, frame.config).map((path) => pathName(path, frame.config));
  const reach = Math.max(...parts.flat().map(Math.abs), 1e-6);
  const sum = parts.reduce(
    (total, row, q) => row.reduce((own, part, k) => own + (kept[q]?.[k] ? part : 0), total),
    0,
  );
  const turn = (q: number, k: number) => {
    const tap = scoreTap(head, "kept");
    const gates = frame.values[tap];
    const next = gates && turned(gates, q * ways.length + k);
    return next ? lab.write(tap, next) : lab.release(tap);
  };
  return (
    <section aria-label={`The scores of head ${name}`}>
      <Segmented
        label="Why it looks there: head"
        value={String(head + 1)}
        options={(headNames[1] ?? []).map((label, i) => ({ value: String(i + 1), label }))}
        onChange={(value) => lab.configure({ head: Number(value) })}
      />
      <LetterRow
        label={`From place ${place + 1} it looks at`}
        tokens={tokens.slice(0, place + 1)}
        chosen={key}
        shares={shares}
        onChoose={(at) => lab.configure({ from: at + 1 })}
      />
      <p className="figure-note">
        The score of {letterOf(tokens[key] ?? 0)} at place {key + 1} stands {signedText(sum)} from
        that of the average place. Press a part to take it out.
      </p>
      <div className="paths-table">
        <table aria-label={`The score of head ${name}, part by part`}>
          <thead>
            <tr>
              <th scope="col">asks ↓, asked →</th>
              {ways.map((way) => (
                <th key={way} scope="col">
                  {way}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ways.map((way, q) => (
              <tr key={way}>
                <th scope="row">{way}</th>
                {ways.map((other, k) => {
                  const part = parts[q]?.[k] ?? Number.NaN;
                  const isIn = kept[q]?.[k] === true;
                  return (
                    <td
                      key={other}
                      className={isIn ? "matrix-coloured" : "paths-out"}
                      style={{ "--cell": divergingCss(part, reach) } as CSSProperties}
                    >
                      <button
                        type="button"
                        aria-pressed={isIn}
                        aria-label={`Query by ${way}, key by ${other}: ${shortText(part)}`}
                        onClick={() => void turn(q, k)}
                      >
                        {shortText(part)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** To one place after the point. */
function shortText(part: number): string {
  const rounded = Math.round(10 * part) / 10;
  return signedText(rounded, Math.abs(rounded) < 1 ? 1 : 2);
}
