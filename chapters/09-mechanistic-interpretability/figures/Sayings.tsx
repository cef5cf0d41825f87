import type { FigureProps } from "../../../src/widgets/figure.ts";
import { saysAfter } from "../inductionLab.ts";
import { type Twin, twins } from "../inductionTask.ts";
import { letterOf } from "../repeats.ts";

const names: Readonly<Record<Twin, string>> = { two: "Two layers", one: "One layer" };
/** So many of the likeliest letters are shown. */
const count = 3;

interface SayingsProps extends Pick<FigureProps, "frame"> {
  readonly tokens: readonly number[];
  readonly place: number;
}

/** What either model says after the chosen letter. */
export function Sayings({ frame, tokens, place }: SayingsProps) {
  const before = tokens.slice(Math.max(0, place - 7), place + 1).map(letterOf);
  return (
    <table className="induction-says">
      <caption>After … {before.join(" ")} comes</caption>
      <tbody>
        {twins.map((twin) => {
          const p = saysAfter(frame, twin, place);
          const best = p
            .map((share, token) => ({ share, token }))
            .sort((a, b) => b.share - a.share)
            .slice(0, count);
          return (
            <tr key={twin}>
              <th scope="row">{names[twin]}</th>
              {best.map(({ share, token }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a guess is its rank
                <td key={i}>
                  {letterOf(token)} {Math.round(100 * share)} %
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
