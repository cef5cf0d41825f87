import { type CSSProperties, memo, useState } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { sequentialCss } from "../../../src/viz/colour.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { pixels, side } from "../digitsData.ts";
import {
  confusion,
  heldOutTruths,
  likeliest,
  percent,
  rightShare,
  rowAsInput,
} from "../digitsLab.ts";

interface HeldOutProps extends Pick<FigureProps, "frame" | "lab"> {
  /** What it believes of the pictures that are held out, `[n, 10]`; none until it is computed. */
  readonly belief: NDArray | undefined;
  /** The training step that this is of. */
  readonly step: number | undefined;
}

/** More pictures than these are not shown at once. */
const mostShown = 24;

/** The pictures that it has not learnt from: how often each digit is taken for each, and which they are. */
export function HeldOut({ frame, lab, belief, step }: HeldOutProps) {
  const [cell, setCell] = useState<readonly [number, number] | null>(null);
  const truths = heldOutTruths(frame);
  if (!belief || belief.shape[0] !== truths.length) {
    return (
      <p className="figure-note">Looking at the {truths.length} pictures that are held out…</p>
    );
  }
  const counts = confusion(belief, truths);
  const [truth, said] = cell ?? mostMistaken(counts);
  const right = counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  const rows = truths.flatMap((shows, i) =>
    shows === truth && likeliest(belief, i) === said ? [frame.heldOut[i] as number] : [],
  );
  return (
    <div className="held-out">
      <p>
        At step {step} it names {right} of {truths.length} held-out pictures rightly:{" "}
        <b>{percent(rightShare(counts))}</b>. A row is what they show, a column what it says.
      </p>
      <Confusion counts={counts} chosen={[truth, said]} onChoose={setCell} />
      <div className="held-out-rows">
        <p>
          {rows.length} {rows.length === 1 ? "picture" : "pictures"} of a {truth}, taken for a{" "}
          {said}
          {rows.length > mostShown ? `; the first ${mostShown}` : ""}
          {rows.length > 0 ? ". Press one to put it into the network." : "."}
        </p>
        {rows.length > 0 && (
          <PictureGrid
            values={pictures(frame.data.x, rows.slice(0, mostShown))}
            label={`A ${truth} taken for a ${said}`}
            columns={6}
            onChoose={(i) => lab.input(rowAsInput(frame.data, rows[i] as number))}
          />
        )}
      </div>
    </div>
  );
}

/** The mistake that is made most often: what it shows, and what is said. */
function mostMistaken(counts: readonly (readonly number[])[]): readonly [number, number] {
  let most: readonly [number, number] = [0, 1];
  for (const [truth, row] of counts.entries()) {
    for (const [said, count] of row.entries()) {
      if (truth !== said && count > (counts[most[0]]?.[most[1]] ?? 0)) most = [truth, said];
    }
  }
  return most;
}

function pictures(x: NDArray | undefined, rows: readonly number[]): NDArray {
  const data = new Float32Array(rows.length * pixels);
  for (const [i, row] of rows.entries()) {
    data.set(x?.data.subarray(row * pixels, (row + 1) * pixels) ?? [], i * pixels);
  }
  return { shape: [rows.length, side, side], data };
}

interface ConfusionProps {
  readonly counts: readonly (readonly number[])[];
  readonly chosen: readonly [number, number];
  readonly onChoose: (cell: readonly [number, number]) => void;
}

/** The confusion matrix: a cell is chosen by a press, or by the arrow keys. */
const Confusion = memo(
  function Confusion({ counts, chosen, onChoose }: ConfusionProps) {
    const isStill = useStillness();
    const wrong = Math.max(1, ...counts.flatMap((row, i) => row.filter((_, j) => i !== j)));
    return (
      <table
        className="confusion"
        aria-label="How often each digit is taken for each"
        onKeyDown={(event) => {
          const [down, right] = arrows[event.key] ?? [0, 0];
          if (down === 0 && right === 0) return;
          const at = (place: number, by: number) =>
            Math.min(counts.length - 1, Math.max(0, place + by));
          const next = [at(chosen[0], down), at(chosen[1], right)] as const;
          onChoose(next);
          const cells = event.currentTarget.querySelectorAll<HTMLElement>("button");
          cells[next[0] * counts.length + next[1]]?.focus();
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <thead>
          <tr>
            <td />
            {counts.map((_, said) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
              <th key={said} scope="col">
                {said}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            <tr key={truth}>
              <th scope="row">{truth}</th>
              {row.map((count, said) => {
                const isChosen = chosen[0] === truth && chosen[1] === said;
                const colour = sequentialCss(truth === said ? 0 : count, wrong);
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
                    key={said}
                    className="viz-cell"
                    data-right={truth === said || undefined}
                    data-chosen={isChosen || undefined}
                    style={{ "--cell": colour } as CSSProperties}
                  >
                    <button
                      type="button"
                      disabled={isStill}
                      tabIndex={isChosen ? 0 : -1}
                      aria-pressed={isChosen}
                      aria-label={`${count} times a ${truth} was taken for a ${said}`}
                      onClick={() => onChoose([truth, said])}
                    >
                      {count === 0 ? "" : count}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    );
  },
  (a, b) => a.counts.join() === b.counts.join() && a.chosen.join() === b.chosen.join(),
);

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
