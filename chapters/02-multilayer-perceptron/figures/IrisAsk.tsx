import { useEffect, useMemo } from "react";
import { entry, ndarray } from "../../../src/data/ndarray.ts";
import { standardised } from "../../../src/data/split.ts";
import { rounded, tickStep } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { type Meaning, meaningOf, measureText, probabilityText, scalesOf } from "../irisData.ts";
import { describedRow } from "../irisLab.ts";
import { Beliefs } from "./Beliefs.tsx";

/** The finest step of a slider for this column: the table's own tenths, or a hundredth of its stretch. */
function stepOf({ low, high }: Meaning["columns"][number], unit: string): number {
  return unit === "cm" ? 0.1 : tickStep(high - low || 1, 100);
}

/** A flower described by its measurements, and how probable the network thinks each class. */
export function IrisAsk({ frame, lab }: FigureProps) {
  const { config } = frame;
  const meaning = meaningOf(config);
  const means = meaning.columns.map((column) => {
    const step = stepOf(column, meaning.unit);
    return Math.round(column.mean / step) * step;
  });
  const described = describedRow(config, means.length);
  const row = described ?? means;
  const setDescribed = (next: readonly number[] | null, gesture?: string) =>
    lab.configure({ described: next?.map(rounded).join(" ") ?? "" }, gesture);
  const key = row.join();
  const scales = scalesOf(meaning.columns, config.standardise === true);
  const given = standardised(row, scales).join();
  const probe = useMemo(() => ndarray([given.split(",").map(Number)]), [given]);
  useEffect(() => {
    // A refusal is shown by the lab.
    lab.watch(["y_hat@described"], { described: { x: probe } }).catch(() => {});
  }, [lab, probe]);
  useEffect(
    () => () => {
      lab.watch([]).catch(() => {});
    },
    [lab],
  );
  const said = frame.values["y_hat@described"];
  const shares = meaning.classes.map((_, label) =>
    said?.shape.at(-1) === meaning.classes.length ? entry(said, label) : Number.NaN,
  );
  const best = shares.indexOf(Math.max(...shares));
  return (
    <div className="iris-ask" data-described={key}>
      <div className="iris-sliders">
        {meaning.columns.map((column, index) => (
          <Slider
            key={column.name}
            label={column.name}
            value={row[index] ?? 0}
            min={column.low}
            max={column.high > column.low ? column.high : column.low + 1}
            step={stepOf(column, meaning.unit)}
            valueText={(value) => `${measureText(value, meaning.unit)} ${meaning.unit}`}
            onChange={(value, gesture) =>
              setDescribed(
                row.map((other, at) => (at === index ? value : other)),
                gesture,
              )
            }
          />
        ))}
        <p className="lab-buttons">
          <button type="button" onClick={() => void setDescribed(null)}>
            Average {meaning.one}
          </button>
          {meaning.classes.map((name, label) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
              key={label}
              type="button"
              onClick={() => void setDescribed(typical(frame, meaning, label))}
            >
              A typical {name}
            </button>
          ))}
        </p>
      </div>
      <div className="iris-said">
        <p className="iris-share">
          {Number.isFinite(shares[best]) ? (
            <>
              <strong>{meaning.classes[best]}</strong>, with probability{" "}
              {probabilityText(shares[best])}
              {frame.step === 0 && ", says a network that has not learnt anything yet"}
            </>
          ) : (
            "Move a slider to ask."
          )}
        </p>
        <Beliefs classes={meaning.classes} shares={shares} />
        <p className="figure-note">
          The network has only these {meaning.classes.length} classes to choose from, and its
          probabilities always add up to 1: describe a {meaning.one} that cannot exist, and it will
          answer all the same.
        </p>
      </div>
    </div>
  );
}

/** The mean of the training rows of a class, in their own units. */
function typical(
  { data, config }: FigureProps["frame"],
  meaning: Meaning,
  label: number,
): number[] {
  const width = meaning.columns.length;
  const scales = scalesOf(meaning.columns, config.standardise === true);
  const own = Array.from(data.y?.data ?? []).flatMap((y, row) => (y === label ? [row] : []));
  return meaning.columns.map((column, index) => {
    const sum = own.reduce((total, row) => total + entry(data.x, row * width + index), 0);
    const scale = scales[index] ?? { mean: 0, deviation: 1 };
    const step = stepOf(column, meaning.unit);
    const mean = (sum / Math.max(1, own.length)) * scale.deviation + scale.mean;
    return Math.round(mean / step) * step;
  });
}
