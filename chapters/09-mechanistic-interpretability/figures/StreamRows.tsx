import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { niceReach, runningSpans } from "../../../src/viz/Bars.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { Write } from "../streamLab.ts";
import { partText } from "../streamParts.ts";

interface StreamRowsProps {
  readonly writes: readonly Write[];
  /** `[parts, 32]`: what each reads; null in the still, which draws less. */
  readonly reads: NDArray | null;
  readonly letter: string;
  readonly logit: number;
  readonly sum: number;
}

/** A row for each part, from the first that writes to the last: what it reads, what it writes, the stream, the bar. */
export function StreamRows({ writes, reads, letter, logit, sum }: StreamRowsProps) {
  const spans = runningSpans(writes.map(({ contribution }) => contribution));
  const scale = scaleOf(spans.flatMap(({ from, to }) => [from, to]));
  return (
    <div className="stream-rows" style={{ "--rows": writes.length } as CSSProperties}>
      <Heads letter={letter} />
      {reads && <Strips rows={reads} label="What each part reads" column="reads" reach={1} />}
      <Strips
        rows={rowsOf(writes.map(({ vector }) => vector))}
        label="What each part adds to the stream"
        column="writes"
        sym="writes"
      />
      {reads && (
        <Strips
          rows={rowsOf(writes.map(({ after }) => after))}
          label="The stream after each part"
          column="after"
        />
      )}
      {writes.map(({ part, along, contribution }, i) => {
        const { from, to } = spans[i] ?? { from: 0, to: 0 };
        return (
          <div key={part} className="stream-row" style={{ gridRow: i + 2 }}>
            <span className="stream-name">{partText(part)}</span>
            <span className="stream-along">{i === 0 ? "" : twoPlaces(along)}</span>
            <Bar from={from} to={to} scale={scale} value={contribution} />
          </div>
        );
      })}
      <div className="stream-row stream-sum" style={{ gridRow: writes.length + 2 }}>
        <span className="stream-name">sum</span>
        <span />
        <Bar from={0} to={sum} scale={scale} value={sum} />
      </div>
      <p className="figure-note">
        The model’s own logit of {letter} is {numberText(logit, 6)}; the bars sum to{" "}
        {numberText(sum, 6)}.
      </p>
    </div>
  );
}

function Heads({ letter }: { readonly letter: string }) {
  return (
    <div className="stream-row stream-heads" aria-hidden="true">
      <span className="stream-name" />
      <span className="stream-reads">reads</span>
      <span className="stream-writes">writes</span>
      <span className="stream-after">the stream then</span>
      <span className="stream-along">along it</span>
      <span className="stream-bar">to the logit of {letter}</span>
    </div>
  );
}

function rowsOf(vectors: readonly (readonly number[])[]): NDArray {
  return {
    shape: [vectors.length, vectors[0]?.length ?? 0],
    data: Float32Array.from(vectors.flat()),
  };
}

interface StripsProps {
  /** `[n, d]`. */
  readonly rows: NDArray;
  readonly label: string;
  readonly column: "reads" | "writes" | "after";
  readonly reach?: number;
  readonly sym?: string;
}

/** A vector a row, each as a strip. */
function Strips({ rows, label, column, reach, sym }: StripsProps) {
  const [n = 0, d = 0] = rows.shape;
  const gaps = Array.from(
    { length: n - 1 },
    (_, i) => `M-.2 ${i + 0.85}h${d + 0.4}v.3h-${d + 0.4}z`,
  );
  return (
    <div className={`stream-strips stream-${column}`} style={{ gridRow: `2 / span ${n}` }}>
      <Picture
        values={rows}
        label={label}
        scale="diverging"
        reach={reach ?? reachOf(rows.data)}
        sym={sym}
      >
        <path d={gaps.join("")} className="viz-picture-gaps" />
      </Picture>
    </div>
  );
}

/** Full colour at twice the root of the mean square: one large number does not pale all the others. */
function reachOf(data: Float32Array): number {
  const square = data.reduce((sum, value) => sum + value * value, 0) / Math.max(1, data.length);
  return Math.max(2 * Math.sqrt(square), 1e-6);
}

interface Scale {
  /** The ends of the bars' room: at most 0, and above 0. */
  readonly least: number;
  readonly most: number;
}

/** Room for all ends of bars, in steps that seldom jump. */
function scaleOf(ends: readonly number[]): Scale {
  const most = niceReach(Math.max(...ends));
  const step = most / 10;
  return { least: Math.floor(Math.min(0, ...ends) / step) * step, most };
}

/** To two places after the point. */
function twoPlaces(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (text === "0.00") return text;
  return `${value < 0 ? "\u2212" : "+"}${text}`;
}

interface BarProps {
  readonly from: number;
  readonly to: number;
  readonly scale: Scale;
  readonly value: number;
}

function Bar({ from, to, scale: { least, most }, value }: BarProps) {
  const place = (at: number) => (100 * (at - least)) / (most - least);
  const style = {
    insetInlineStart: `${Math.min(place(from), place(to))}%`,
    inlineSize: `${Math.abs(place(to) - place(from))}%`,
    background: value < 0 ? "var(--negative)" : "var(--positive)",
  };
  return (
    <span className="stream-bar">
      <span className="stream-track" aria-hidden="true">
        <span className="stream-zero" style={{ insetInlineStart: `${place(0)}%` }} />
        <span style={style} />
      </span>
      <span>{twoPlaces(value)}</span>
    </span>
  );
}
