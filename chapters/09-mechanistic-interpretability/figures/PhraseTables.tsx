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
  const isStill = useStillness();
  return (
    <section className="skip-phrases">
      <table>
        <caption>Mia can … the kite …</caption>
        <thead>
          <tr>
            <td colSpan={2} />
            {ends.map((end) => (
              <th key={end} scope="col">
                {end}
              </th>
            ))}
          </tr>
        </thead>
        {phraseShares(frame).map(({ verb, rows }) => (
          <tbody key={verb}>
            {rows.map(({ place, right, shares }, i) => (
              <tr key={place}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={rows.length}>
                    {verb}
                  </th>
                )}
                <th scope="row">
                  <button
                    type="button"
                    disabled={isStill}
                    onClick={() => lab.configure({ text: `Mia can ${verb} the kite ${place}` })}
                  >
                    {place}
                  </button>
                </th>
                {ends.map((end, k) => {
                  const p = shares[k] ?? 0;
                  const isRight = end === right;
                  return (
                    <td
                      key={end}
                      className={p > 0.5 ? "skip-dark" : undefined}
                      data-right={isRight || undefined}
                      data-wrong={(!isRight && p >= wrongFrom) || undefined}
                      style={{ "--cell": sequentialCss(p, 1) } as CSSProperties}
                    >
                      {isRight || p >= 0.01 ? percentText(p) : ""}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p className="figure-note">
        Framed: the one end that the texts have. Struck through: an end that never stands there.
      </p>
    </section>
  );
}
