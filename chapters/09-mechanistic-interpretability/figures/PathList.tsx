import type { CSSProperties } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { askedOf, modelSays, openPath, pathName, type Ranked } from "../pathsNumbers.ts";
import { letterOf } from "../repeats.ts";
import { turned } from "./gates.ts";

interface PathListProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly all: readonly Ranked[];
}

/** So many paths have a row each. */
const most = 9;

/** The paths, the largest first: what each adds to the letter's logit, and the loss without it. */
export function PathList({ frame, lab, all }: PathListProps) {
  const isStill = useStillness();
  const { place, letter } = askedOf(frame);
  const open = openPath(frame);
  const reach = Math.max(...all.map(({ value }) => Math.abs(value)), 1e-6);
  const rest = all.slice(most);
  const sum = (some: readonly Ranked[]) =>
    some.reduce((total, { isKept, value }) => total + (isKept ? value : 0), 0);
  const turn = (index: number) => {
    const kept = frame.values["paths.kept"];
    const next = kept && turned(kept, index);
    return next ? lab.write("paths.kept", next) : lab.release("paths.kept");
  };
  return (
    <table className="paths-list">
      <thead>
        <tr>
          <th scope="col">in</th>
          <th scope="col">path</th>
          <th scope="col" colSpan={2}>
            adds to {letterOf(letter)}
          </th>
          <th scope="col">loss without</th>
        </tr>
      </thead>
      <tbody>
        {all.slice(0, most).map(({ index, path, value, without, isKept }) => {
          const name = pathName(path, frame.config);
          return (
            <tr key={index} data-out={!isKept || undefined}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Keep the path ${name}`}
                  checked={isKept}
                  disabled={isStill}
                  onChange={() => void turn(index)}
                />
              </td>
              <th scope="row">
                <button
                  type="button"
                  disabled={isStill}
                  aria-pressed={index === open.index}
                  onClick={() => lab.configure({ open: index + 1 })}
                >
                  {name}
                </button>
              </th>
              <td>
                <SignedBar value={value} reach={reach} />
              </td>
              <td>{signedText(value)}</td>
              <td>{isKept ? numberText(without, 2) : "out"}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        {rest.length > 0 && (
          <tr>
            <td />
            <th scope="row">{rest.length} more</th>
            <td />
            <td>{signedText(sum(rest))}</td>
            <td />
          </tr>
        )}
        <tr>
          <td />
          <th scope="row">sum of what is in</th>
          <td />
          <td>{signedText(sum(all))}</td>
          <td>{numberText(entry(frame.values["paths.L@held"]), 2)}</td>
        </tr>
        <tr>
          <td />
          <th scope="row">the model itself</th>
          <td />
          <td>{signedText(modelSays(frame, place)[letter])}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

/** A bar from the middle: to the right and orange above zero, to the left and blue below. */
export function SignedBar({ value, reach }: { readonly value: number; readonly reach: number }) {
  const share = Math.min(1, Math.abs(value) / reach) || 0;
  return (
    <span
      className="paths-bar"
      data-sign={value < 0 ? "minus" : "plus"}
      aria-hidden="true"
      style={{ "--share": share.toFixed(3) } as CSSProperties}
    />
  );
}
