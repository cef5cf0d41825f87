import "./stream.css";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { entry } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { letterOf, repeatSizes } from "../repeats.ts";
import { logitAndSum, lookedAt, rowAt, type StreamConfig, writesAt } from "../streamLab.ts";
import { parts, units } from "../streamParts.ts";
import { StreamRows } from "./StreamRows.tsx";

/** The stream at one place: who reads what from it, who writes what to it, and what that adds to one logit. */
export function Stream({ frame, lab }: FigureProps) {
  const { tokens, problem, t, letter } = lookedAt(frame);
  const isStill = useStillness();
  const { text, logit } = frame.config as StreamConfig;
  return (
    <div className="stream">
      <div className="stream-chosen">
        <LiveTextField
          label="Letters A to P"
          value={text}
          longest={60}
          onChange={(next, gesture) => lab.configure({ text: next }, gesture)}
        />
        <Select
          label="Logit of"
          value={logit}
          options={[
            { value: "likeliest", label: "the likeliest letter" },
            ...Array.from({ length: repeatSizes.V }, (_, v) => ({
              value: letterOf(v),
              label: letterOf(v),
            })),
          ]}
          onChange={(next) => lab.configure({ logit: next })}
        />
      </div>
      <fieldset className="stream-places" disabled={isStill}>
        <legend className="sr-only">The place that is looked at</legend>
        {tokens.map((token, place) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
            key={place}
            type="button"
            aria-pressed={place === t}
            aria-label={`${letterOf(token)} at place ${place + 1}`}
            onClick={() => lab.configure({ place: place + 1 })}
          >
            {letterOf(token)}
          </button>
        ))}
      </fieldset>
      {problem && (
        <p className="figure-note" role="status">
          {problem}
        </p>
      )}
      <StreamRows
        writes={writesAt(frame)}
        reads={isStill ? null : readsAt(frame, t)}
        letter={letterOf(letter)}
        {...logitAndSum(frame)}
      />
      <Turns frame={frame} lab={lab} />
    </div>
  );
}

/** What each part reads at a place, 32 numbers each: a head its query and what it gathers, a feed-forward layer its units. */
function readsAt({ values }: FigureProps["frame"], t: number): NDArray {
  const { heads, d_head } = repeatSizes;
  const T = values.logits?.shape[1] ?? 0;
  const rows = parts.map((part) => {
    if (part === "letter" || part === "place") return [];
    const layer = Number(part.at(/^\d/.test(part) ? 0 : -1)) - 1;
    if (part.startsWith("ffn")) return rowAt(values["blocks.*.ffn.a"], layer * T + t, units);
    const row = (layer * heads + Number(part[2]) - 1) * T + t;
    return [
      ...rowAt(values["blocks.*.attn.Q"], row, d_head),
      ...rowAt(values["blocks.*.attn.Z"], row, d_head),
    ];
  });
  // Each row by its own largest number: a query is not to be compared with a unit.
  return {
    shape: [rows.length, units],
    data: Float32Array.from(
      rows.flatMap((row) => {
        const most = Math.max(...row.map(Math.abs), 1e-9);
        return Array.from({ length: units }, (_, k) => (row[k] ?? 0) / most);
      }),
    ),
  };
}

/** The hand on the coordinates, and what comes of it. */
function Turns({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { turn, hidden } = frame.config as StreamConfig;
  const degrees = (value: number) => `${Math.round(value)}°`;
  const right = entry(frame.values["right@held"], 0);
  return (
    <div className="stream-turns">
      <Slider
        label="Turn the stream"
        value={turn}
        min={0}
        max={180}
        step={1}
        valueText={degrees}
        onChange={(next, gesture) => lab.configure({ turn: next }, gesture)}
      />
      <Slider
        label="Turn the hidden layers"
        value={hidden}
        min={0}
        max={180}
        step={1}
        valueText={degrees}
        onChange={(next, gesture) => lab.configure({ hidden: next }, gesture)}
      />
      <p>
        A logit changed by at most <b>{numberText(entry(frame.values.change, 0), 2)}</b>; right in
        sequences kept apart: <b>{Math.round(100 * right)} %</b>
      </p>
    </div>
  );
}
