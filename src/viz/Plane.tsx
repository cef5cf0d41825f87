import { type CSSProperties, type ReactNode, useMemo, useRef } from "react";
import { numberText } from "./numberText.ts";
import { PlaneContext, type PlaneGeometry, usePlane } from "./planeContext.ts";
import { type Domain, type LinearScale, linearScale, tickStep, ticks, tickText } from "./scale.ts";

export interface PlaneAxis {
  readonly domain: Domain;
  readonly label?: ReactNode;
  /** The key of the symbol that the axis shows. */
  readonly sym?: string;
  /** About how many ticks (default 5), or where. */
  readonly ticks?: number | readonly number[];
  /** How a tick is written; default: as a number. */
  readonly tickText?: (at: number) => string;
}

export interface PlaneProps {
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** Of the drawing, in its own units; on screen it takes the width that there is. */
  readonly width?: number;
  readonly height?: number;
  /** Drawn beneath the axes, over exactly the plotted area: a `<Surface>`. */
  readonly underlay?: ReactNode;
  readonly className?: string;
  /** Drawn in order, placed by `usePlane()`. */
  readonly children?: ReactNode;
}

const margin = { left: 50, right: 14, top: 14, bottom: 52 };
/** Room for the label of the y axis, which stands above it, level, where it is easy to read. */
const labelHeight = 26;

function marksOf(axis: PlaneAxis): readonly { at: number; text: string }[] {
  if (typeof axis.ticks === "object") {
    const write = axis.tickText ?? numberText;
    return axis.ticks.map((at) => ({ at, text: write(at) }));
  }
  const count = axis.ticks ?? 5;
  const step = tickStep(axis.domain[1] - axis.domain[0], count);
  const write = axis.tickText ?? ((at: number) => tickText(at, step));
  return ticks(axis.domain, count).map((at) => ({ at, text: write(at) }));
}

/** Two axes in data units. Everything inside places itself in data coordinates by `usePlane`. */
export function Plane(props: PlaneProps) {
  const { x: xAxis, y: yAxis, width = 420, height = 420 } = props;
  const [xLow, xHigh] = xAxis.domain;
  const [yLow, yHigh] = yAxis.domain;
  const top = margin.top + (yAxis.label ? labelHeight : 0);
  const svg = useRef<SVGSVGElement>(null);
  const geometry = useMemo<PlaneGeometry>(
    () => ({
      x: linearScale([xLow, xHigh], [margin.left, width - margin.right]),
      y: linearScale([yLow, yHigh], [height - margin.bottom, top]),
      svg,
    }),
    [xLow, xHigh, yLow, yHigh, width, height, top],
  );
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  const underlayPlace: CSSProperties = {
    left: percent(margin.left, width),
    right: percent(margin.right, width),
    top: percent(top, height),
    bottom: percent(margin.bottom, height),
  };
  return (
    <div
      className={`viz-plane ${props.className ?? ""}`}
      style={{ "--plane-aspect": width / height } as CSSProperties}
    >
      {props.underlay && (
        <div className="viz-underlay" style={underlayPlace}>
          {props.underlay}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing whose parts may be handles, not a form */}
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={props.label}>
        <PlaneContext value={geometry}>
          <Axes geometry={geometry} x={xAxis} y={yAxis} />
          {props.children}
        </PlaneContext>
      </svg>
    </div>
  );
}

function Axes({ geometry, x, y }: { geometry: PlaneGeometry; x: PlaneAxis; y: PlaneAxis }) {
  const [left, right] = geometry.x.range;
  const [bottom, top] = geometry.y.range;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in the axes takes focus
    <g className="viz-axes" aria-hidden="true">
      {marksOf(x).map(({ at, text }) => (
        <g key={at} transform={`translate(${geometry.x(at)} 0)`}>
          <line y1={bottom} y2={top} className={at === 0 ? "viz-zero" : "viz-gridline"} />
          <text y={bottom + 8} className="viz-tick-x">
            {text}
          </text>
        </g>
      ))}
      {marksOf(y).map(({ at, text }) => (
        <g key={at} transform={`translate(0 ${geometry.y(at)})`}>
          <line x1={left} x2={right} className={at === 0 ? "viz-zero" : "viz-gridline"} />
          <text x={left - 7} className="viz-tick-y">
            {text}
          </text>
        </g>
      ))}
      <text
        className="viz-axis-label viz-axis-label-x"
        x={middle(geometry.x)}
        y={bottom + 38}
        data-sym={x.sym}
      >
        {x.label}
      </text>
      <text
        className="viz-axis-label viz-axis-label-y"
        x={left - 40}
        y={top - labelHeight / 2 - 4}
        data-sym={y.sym}
      >
        {y.label}
      </text>
    </g>
  );
}

const middle = (scale: LinearScale): number => (scale.range[0] + scale.range[1]) / 2;

/** Cuts what is inside to the plotted area. A nested `svg` needs no id, so that stills cannot clash. */
export function Clipped({ children }: { children: ReactNode }) {
  const { x, y } = usePlane();
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const [width, height] = [right - left, bottom - top];
  return (
    <svg
      aria-hidden="true"
      x={left}
      y={top}
      width={width}
      height={height}
      viewBox={`${left} ${top} ${width} ${height}`}
      overflow="hidden"
    >
      {children}
    </svg>
  );
}
