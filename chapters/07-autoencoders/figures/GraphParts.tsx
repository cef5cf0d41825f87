import { numberText } from "../../../src/viz/numberText.ts";

interface ForwardProps {
  readonly d: string;
  readonly thin?: boolean;
}

/** A wire on which numbers go forwards. */
export function Forward({ d, thin = false }: ForwardProps) {
  return <path className={thin ? "graph-wire graph-thin" : "graph-wire"} d={d} />;
}

type Heading = "left" | "up" | "down";
const turns: Record<Heading, number> = { left: 180, up: -90, down: 90 };

interface BackProps {
  readonly d: string;
  /** What flows back along it: orange or blue by its sign, wider the larger; none at 0. */
  readonly slope: number;
  readonly arrows: readonly (readonly [x: number, y: number, to: Heading])[];
  readonly text?: string;
  readonly at?: readonly [number, number];
  /** Where it is cut. */
  readonly cut?: readonly [number, number] | undefined;
}

/** A way on which a gradient flows back. */
export function Back({ d, slope, arrows, text, at, cut }: BackProps) {
  const size = Math.min(1, Math.log10(1 + Math.abs(slope)) / 2);
  const sign = slope === 0 || Number.isNaN(slope) ? 0 : Math.sign(slope);
  return (
    <g className="graph-back" data-sign={sign}>
      <path className="graph-back-way" d={d} strokeWidth={1.5 + 3.5 * size} />
      {arrows.map(([x, y, to]) => (
        <path
          key={`${x} ${y}`}
          className="graph-back-tip"
          d="M-9-6L3 0L-9 6z"
          transform={`translate(${x} ${y}) rotate(${turns[to]})`}
        />
      ))}
      {text && at && (
        <text x={at[0]} y={at[1]} textAnchor="middle">
          {text}
        </text>
      )}
      {cut && (
        <g className="graph-cut" transform={`translate(${cut[0]} ${cut[1]})`}>
          <path d="M-7-9L7 9M7-9L-7 9" />
        </g>
      )}
    </g>
  );
}

interface OperationProps {
  readonly x: number;
  readonly y: number;
  readonly sign: string;
}

export function Operation({ x, y, sign }: OperationProps) {
  return (
    <g className="graph-operation">
      <circle cx={x} cy={y} r={12} />
      <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
        {sign}
      </text>
    </g>
  );
}

interface BoxProps {
  readonly x: number;
  readonly y: number;
  /** The key of its symbol. */
  readonly name: string;
  readonly label: string;
  readonly value: number;
  /** Whether chance makes it. */
  readonly chance?: boolean;
  readonly held?: boolean;
}

/** A quantity with its number; round where chance has made it. */
export function Box({ x, y, name, label, value, chance = false, held = false }: BoxProps) {
  return (
    <g
      className="graph-box"
      data-sym={name}
      data-chance={chance || undefined}
      data-held={held || undefined}
    >
      <rect x={x - 42} y={y - 23} width={84} height={46} rx={chance ? 23 : 4} />
      <text className="graph-box-name" x={x} y={y - 5} textAnchor="middle">
        {label}
        {held ? " held" : ""}
      </text>
      <text className="graph-box-value" x={x} y={y + 14} textAnchor="middle">
        {numberText(value)}
      </text>
    </g>
  );
}
