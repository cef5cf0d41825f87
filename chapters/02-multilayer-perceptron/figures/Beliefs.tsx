import { classCss } from "../../../src/viz/colour.ts";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { probabilityText } from "../irisData.ts";

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
            <td className="beliefs-value">{probabilityText(shares[label])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
