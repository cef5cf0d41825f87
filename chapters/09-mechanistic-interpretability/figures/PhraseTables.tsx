import type { CSSProperties } from "react";
import { sequentialCss } from "../../../src/viz/colour.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { ends } from "../phrases.ts";
import { phraseShares } from "../skipLab.ts";
import { percentText } from "./percentText.ts";

/** A share from which an end that never stood there is called wrong. */
const wrongFrom = 0.1;

/** For every verb and preposition, how likely the model finds each end: framed is the only one that the texts have. */
export function PhraseTables({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  return (
    <section className="skip-phrases">
      <p className="figure-note">
        Mia can … the kite …: framed is the one end that the texts have; struck through, one that
        never stands there.
      </p>
      <div>
        {phraseShares(frame).map(({ verb, rows }) => (
          <Verb key={verb} verb={verb} rows={rows} lab={lab} />
        ))}
      </div>
    </section>
  );
}

type VerbProps = ReturnType<typeof phraseShares>[number] & Pick<FigureProps, "lab">;

function Verb({ verb, rows, lab }: VerbProps) {
  const isStill = useStillness();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <strong>{verb}</strong>
          </th>
          {ends.map((end) => (
            <th key={end} scope="col">
              {end}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ place, right, shares }) => (
          <tr key={place}>
            <th scope="row">
              <button
                type="button"
                disabled={isStill}
                title="Try it on the model"
                onClick={() => lab.configure({ text: `Mia can ${verb} the kite ${place}` })}
              >
                {place}
              </button>
            </th>
            {ends.map((end, k) => (
              <End key={end} p={shares[k] ?? 0} isRight={end === right} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function End({ p, isRight }: { readonly p: number; readonly isRight: boolean }) {
  return (
    <td
      className="matrix-coloured"
      data-right={isRight || undefined}
      data-wrong={(!isRight && p >= wrongFrom) || undefined}
      style={{ "--cell": sequentialCss(p, 1) } as CSSProperties}
    >
      {isRight || p >= wrongFrom ? percentText(p) : ""}
    </td>
  );
}
