import type { Frame } from "../../../src/training/lab.ts";
import { headNames, openPath, type Ranked } from "../pathsNumbers.ts";

interface PathWaysProps {
  readonly frame: Pick<Frame, "config" | "values">;
  readonly all: readonly Ranked[];
}

const width = 320;
/** The embedding, the two layers, the logits: from below. */
const levels = [202, 146, 80, 22] as const;
/** The way past the heads, and the heads. */
const lanes = [46, 160, 274] as const;
const thickest = 13;

/** Every way from the embedding to the logits: as thick as it counts, orange for the letter and blue against it. */
export function PathWays({ frame, all }: PathWaysProps) {
  const reach = Math.max(...all.map(({ value }) => Math.abs(value)), 1e-6);
  const open = openPath(frame);
  const [first] = all;
  const inOrder = [...all].sort(
    (a, b) => Number(a.index === open.index) - Number(b.index === open.index),
  );
  return (
    <svg
      className="paths-ways"
      viewBox={`0 0 ${width} 226`}
      role="img"
      aria-label={`Every way through the model; the thickest: ${first?.path.heads.join(", then ") || "past all heads"}`}
    >
      {inOrder.map((one) => (
        <path
          key={one.index}
          d={wayOf(one, all.length)}
          data-sign={one.value < 0 ? "minus" : "plus"}
          data-out={!one.isKept || undefined}
          data-open={one.index === open.index || undefined}
          strokeWidth={(0.6 + (thickest * Math.abs(one.value)) / reach).toFixed(1)}
        />
      ))}
      {headNames.map((names, layer) =>
        names.map((name, h) => (
          <g key={name} transform={`translate(${lanes[h + 1]} ${levels[layer + 1]})`}>
            <rect x="-24" y="-12" width="48" height="24" rx="4" />
            <text>{name}</text>
          </g>
        )),
      )}
      <text x="160" y={levels[0] + 14}>
        embedding
      </text>
      <text x="160" y="10">
        logits
      </text>
    </svg>
  );
}

/** The curve of a path; those that share a lane stand beside each other. */
function wayOf({ path, index }: Ranked, count: number): string {
  const aside = ((index - (count - 1) / 2) * 30) / count;
  const across = headNames.map((names) => {
    const head = names.findIndex((name) => path.heads.includes(name));
    return Math.round((lanes[head + 1] ?? lanes[0]) + aside);
  });
  const points = [width / 2, ...across, width / 2];
  return points.slice(1).reduce((d, x, i) => {
    const [from, to] = [levels[i] ?? 0, levels[i + 1] ?? 0];
    const middle = (from + to) / 2;
    return `${d}C${points[i]} ${middle} ${x} ${middle} ${x} ${to}`;
  }, `M${points[0]} ${levels[0]}`);
}
