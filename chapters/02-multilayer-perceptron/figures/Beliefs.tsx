import { classCss } from "../../../src/viz/colour.ts";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { numberText } from "../../../src/viz/numberText.ts";

interface BeliefsProps {
  readonly classes: readonly string[];
  /** How probable each class is. */
  readonly shares: readonly number[];
}

/** A probability for each class, as bars from 0 to 1. */
export function Beliefs({ classes, shares }: BeliefsProps) {
  const best = shares.indexOf(Math.max(...shares));
  return (
    <table className="beliefs">
      <caption className="sr-only">The probability of each class</caption>
      <tbody>
        {classes.map((name, label) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
          <tr key={label} data-best={label === best || undefined}>
            <th scope="row">
              <svg viewBox="-8 -8 16 16" aria-hidden="true">
                <DataMark class={label} size={5} />
              </svg>
              {name}
            </th>
            <td className="beliefs-track" aria-hidden="true">
              <span
                style={{
                  inlineSize: `${100 * (shares[label] || 0)}%`,
                  backgroundColor: classCss(label),
                }}
              />
            </td>
            <td className="beliefs-value">{numberText(round(shares[label]))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** To a ten-thousandth: what is beyond that is no belief worth printing. */
function round(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.round(share * 1e4) / 1e4;
}
