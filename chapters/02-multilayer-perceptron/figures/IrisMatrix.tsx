import { memo } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { classCss } from "../../../src/viz/colour.ts";
import { classShape, type MarkShape } from "../../../src/viz/DataPoints.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type Meaning, meaningOf, measureText, type Rows, rowsInUnits } from "../irisData.ts";
import { axesOf, stretch } from "../irisLab.ts";
import { numbers } from "../words.ts";
import { ClassKey } from "./ClassKey.tsx";

/** More columns than these do not fit beside each other. */
const mostShown = 6;
/** More rows than these are not drawn: an even sample is. */
const mostMarks = 300;

/** Every pair of columns, as dots; on the diagonal, each column's own distribution. */
export function IrisMatrix({ frame, lab }: FigureProps) {
  const { config } = frame;
  const meaning = meaningOf(config);
  const shown = Math.min(meaning.columns.length, mostShown);
  const rows = joined(frame, meaning);
  const axes = axesOf(config);
  const choose = (first: number, second: number) =>
    lab.configure({ first, second, view: "regions" });
  return (
    <div className="iris-look">
      <div
        className="scatter-matrix"
        style={{ gridTemplateColumns: `repeat(${shown}, minmax(0, 1fr))` }}
      >
        {Array.from({ length: shown * shown }, (_, cell) => {
          const [row, column] = [Math.floor(cell / shown), cell % shown];
          return row === column ? (
            <Distribution key={`own ${row}`} rows={rows} meaning={meaning} column={row} />
          ) : (
            <Pair
              key={`${row} ${column}`}
              rows={rows}
              meaning={meaning}
              across={column}
              up={row}
              isChosen={axes[0] === column && axes[1] === row}
              onChoose={choose}
            />
          );
        })}
      </div>
      <div className="iris-note">
        <ClassKey classes={meaning.classes} />
        <p>
          In a panel, the column’s own quantity runs across and the row’s runs up. Choose a panel to
          see where the network draws its borders there.
        </p>
        {config.source === "iris" && (
          <p>
            150 irises, 50 a species, measured by Edgar Anderson. This is the table as R. A. Fisher
            printed it in 1936; the file of the UCI repository differs from it in rows 35 and 38.
          </p>
        )}
        {meaning.columns.length > shown && (
          <p>
            The first {shown} of {meaning.columns.length} inputs are shown.
          </p>
        )}
      </div>
    </div>
  );
}

interface Drawn extends Rows {
  /** Changes only when the rows do. */
  readonly key: string;
}

/** All rows in their own units, or an even sample of many. */
function joined(frame: FigureProps["frame"], meaning: Meaning): Drawn {
  const { config, data, input } = frame;
  const part = (x: NDArray | undefined) => rowsInUnits(x, config, meaning);
  const x = [...part(data.x), ...part(input.x)];
  const y = [...numbers(data.y), ...numbers(input.y)];
  const step = Math.max(1, Math.ceil(x.length / mostMarks));
  const kept = (_: unknown, row: number) => row % step === 0;
  const key = [config.source, config.split, config.standardise, config.meaning, x.length].join();
  return { x: x.filter(kept), y: y.filter(kept), key: `${key} ${entry(data.x)}` };
}

const size = 100;

/** The place of a value within a panel. */
function placeIn({ low, high }: Meaning["columns"][number], value: number): number {
  const [from, to] = stretch(low, high);
  return ((value - from) / (to - from)) * size;
}

/** A mark as a piece of a path, 3 units across. */
const pieces: Record<MarkShape, string> = {
  circle: "m-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0",
  square: "m-1.4-1.4h2.8v2.8h-2.8z",
  triangle: "m0-1.9l1.8 3.2h-3.6z",
  diamond: "m0-2.1l1.8 2.1-1.8 2.1-1.8-2.1z",
  wedge: "m0 1.9l1.8-3.2h-3.6z",
  plus: "m-.6-1.9h1.2v1.3h1.3v1.2h-1.3v1.3h-1.2v-1.3h-1.3v-1.2h1.3z",
  star: "m0-2.1l.6 1.4h1.5l-1.2 1 .4 1.5-1.3-.9-1.3.9.4-1.5-1.2-1h1.5z",
  hourglass: "m-1.6-1.7h3.2l-3.2 3.4h3.2z",
};

interface PairProps {
  readonly rows: Drawn;
  readonly meaning: Meaning;
  readonly across: number;
  readonly up: number;
  readonly isChosen: boolean;
  readonly onChoose: (across: number, up: number) => unknown;
}

const Pair = memo(
  function Pair({ rows, meaning, across, up, isChosen, onChoose }: PairProps) {
    const isStill = useStillness();
    const [x, y] = [meaning.columns[across], meaning.columns[up]];
    if (!x || !y) return null;
    const paths = meaning.classes.map((_, label) =>
      rows.x
        .flatMap((row, i) =>
          rows.y[i] === label
            ? [
                `M${placeIn(x, row[across] ?? 0).toFixed(1)} ${(size - placeIn(y, row[up] ?? 0)).toFixed(1)}${pieces[classShape(label)]}`,
              ]
            : [],
        )
        .join(""),
    );
    return (
      <button
        type="button"
        className="scatter-panel"
        disabled={isStill}
        data-chosen={isChosen || undefined}
        aria-label={`${y.name} against ${x.name}: show the borders there`}
        onClick={() => onChoose(across, up)}
      >
        <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
          {paths.map((path, label) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            <path key={label} d={path} fill={classCss(label)} />
          ))}
        </svg>
      </button>
    );
  },
  (a, b) =>
    a.rows.key === b.rows.key &&
    a.isChosen === b.isChosen &&
    a.across === b.across &&
    a.up === b.up,
);

const bins = 16;

interface DistributionProps {
  readonly rows: Drawn;
  readonly meaning: Meaning;
  readonly column: number;
}

/** How often each value occurs, by class: outlines over each other. */
const Distribution = memo(
  function Distribution({ rows, meaning, column }: DistributionProps) {
    const measured = meaning.columns[column];
    if (!measured) return null;
    const counts = meaning.classes.map(() => new Array<number>(bins).fill(0));
    for (const [i, row] of rows.x.entries()) {
      const place = placeIn(measured, row[column] ?? 0) / size;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(place * bins)));
      const own = counts[rows.y[i] ?? 0];
      if (own) own[bin] = (own[bin] ?? 0) + 1;
    }
    const most = Math.max(1, ...counts.flat());
    const high = 50;
    return (
      <div className="scatter-own">
        <span className="scatter-name">{measured.name}</span>
        <span className="scatter-range">
          {measureText(measured.low, meaning.unit)} to {measureText(measured.high, meaning.unit)}{" "}
          {meaning.unit}
        </span>
        <svg viewBox={`0 0 ${size} ${high}`} aria-hidden="true">
          {counts.map((own, label) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
              key={label}
              fill={classCss(label)}
              fillOpacity={0.55}
              d={`M0 ${high}${own
                .map((count, bin) => {
                  const top = (high - (count / most) * (high - 2)).toFixed(1);
                  return `L${(bin * size) / bins} ${top}H${((bin + 1) * size) / bins}`;
                })
                .join("")}V${high}Z`}
            />
          ))}
        </svg>
      </div>
    );
  },
  (a, b) => a.rows.key === b.rows.key && a.column === b.column,
);
