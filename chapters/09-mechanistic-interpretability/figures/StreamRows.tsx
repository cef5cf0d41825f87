import type { CSSProperties } from "react";
import type { NDArray } from "../../../src/data/ndarray.ts";
import { niceReach, runningSpans } from "../../../src/viz/Bars.tsx";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import type { Write } from "../streamLab.ts";
import { partText } from "../streamParts.ts";

interface StreamRowsProps {
  readonly writes: readonly Write[];
  /** `[parts + 1, 32]`: what each reads, and the logits; null in the still, which draws less. */
  readonly reads: NDArray | null;
  readonly letter: string;
  readonly logit: number;
  readonly sum: number;
}

/** A row for each part, from the first that writes to the last: what it reads, what it writes, the stream, the bar. */
export function StreamRows({ writes, reads, letter, logit, sum }: StreamRowsProps) {
  const spans = runningSpans(writes.map(({ contribution }) => contribution));
  const reach = niceReach(
    Math.max(...spans.map(({ from, to }) => Math.max(Math.abs(from), Math.abs(to)))),
  );
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
            <span className="stream-along">{i === 0 ? "" : signedText(along, 2)}</span>
            <Bar from={from} to={to} reach={reach} value={contribution} />
          </div>
        );
      })}
      <div className="stream-row stream-sum" style={{ gridRow: writes.length + 2 }}>
        <span className="stream-name">sum</span>
        <span />
        <Bar from={0} to={sum} reach={reach} value={sum} />
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
  const gaps = Array.from({ length: n - 1 }, (_, i) => `M0 ${i + 0.85}h${d}v.3h-${d}z`);
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

interface BarProps {
  readonly from: number;
  readonly to: number;
  readonly reach: number;
  readonly value: number;
}

function Bar({ from, to, reach, value }: BarProps) {
  const place = (at: number) => 50 + 50 * Math.max(-1, Math.min(1, at / reach));
  const style = {
    insetInlineStart: `${Math.min(place(from), place(to))}%`,
    inlineSize: `${Math.abs(place(to) - place(from))}%`,
    background: value < 0 ? "var(--negative)" : "var(--positive)",
  };
  return (
    <span className="stream-bar">
      <span className="stream-track" aria-hidden="true">
        <span style={style} />
      </span>
      <span>{signedText(value, 3)}</span>
    </span>
  );
}
