import type { ReactNode } from "react";
import { short } from "./cellText.ts";

/** A number of full width on a wire. */
const fullWidth = 1;

interface WireProps {
  readonly d: string;
  /** What flows along it: gives colour and width. Without one it is a bundle of several numbers. */
  readonly value?: number | undefined;
  readonly arrow?: boolean;
}

/** A wire of the diagram: orange where its number is positive, blue where negative, thin where it is small. */
export function Wire({ d, value }: WireProps) {
  const size = value === undefined ? 0.12 : Math.min(1, Math.abs(value) / fullWidth);
  const sign = value === undefined ? undefined : Math.abs(value) < 0.005 ? 0 : Math.sign(value);
  return <path className="cell-wire" data-sign={sign} d={d} strokeWidth={1.2 + 5 * size} />;
}

interface ValueProps {
  readonly x: number;
  readonly y: number;
  readonly children: ReactNode;
  readonly sym?: string | undefined;
  readonly anchor?: "start" | "middle" | "end";
}

/** Text of the diagram, on a rim of paper so that wires do not cross it. */
export function Label({ x, y, children, sym, anchor = "start" }: ValueProps) {
  return (
    <text className="cell-label" x={x} y={y} textAnchor={anchor} data-sym={sym}>
      {children}
    </text>
  );
}

interface OperationProps {
  readonly x: number;
  readonly y: number;
  readonly sign: string;
}

/** A small round: a product, a sum. */
export function Operation({ x, y, sign }: OperationProps) {
  return (
    <g className="cell-operation">
      <circle cx={x} cy={y} r="12" />
      <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
        {sign}
      </text>
    </g>
  );
}

interface BoxProps {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly label: string;
  readonly value: number | undefined;
  /** A gate fills from below as it opens; a candidate has a sign instead. */
  readonly isGate?: boolean;
  readonly curve: string;
  readonly isHeld: boolean;
}

const [width, height] = [62, 50];

/** A gate or the candidate, with its number; the level of a gate is how far it is open. */
export function Box({ x, y, name, label, value, isGate = true, curve, isHeld }: BoxProps) {
  const level = Math.max(0, Math.min(1, value ?? 0)) * (height - 2);
  return (
    <g data-sym={name} className="cell-box" data-held={isHeld || undefined}>
      <rect
        className="cell-box-body"
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx="4"
      />
      {isGate && (
        <rect
          className="cell-level"
          x={x - width / 2 + 1}
          y={y + height / 2 - 1 - level}
          width={width - 2}
          height={level}
        />
      )}
      <text className="cell-box-name" x={x} y={y - 7} textAnchor="middle">
        {label}
        <tspan className="cell-curve"> {isHeld ? "held" : curve}</tspan>
      </text>
      <text className="cell-box-value" x={x} y={y + 14} textAnchor="middle">
        {short(value)}
      </text>
    </g>
  );
}
