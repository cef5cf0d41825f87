import { Clipped } from "./Plane.tsx";
import { usePlane } from "./planeContext.ts";
import { type Domain, evenly } from "./scale.ts";

export interface CurveProps {
  /** The function drawn … */
  readonly f?: (x: number) => number;
  /** … or its points, in order. A point that is not finite breaks the line. */
  readonly points?: readonly (readonly [number, number])[];
  /** Where `f` is drawn; default: the whole plane. */
  readonly domain?: Domain;
  /** Where `f` jumps: the line is broken there. */
  readonly breaks?: readonly number[];
  readonly samples?: number;
  /** The key of the symbol that it shows: takes its hue. */
  readonly sym?: string;
  /** A CSS colour; default: ink, or the symbol's hue. */
  readonly colour?: string;
  readonly dashed?: boolean;
  readonly thin?: boolean;
}

/** The points of `f` over a domain, with a gap at each break. */
export function sampled(
  f: (x: number) => number,
  [low, high]: Domain,
  samples: number,
  breaks: readonly number[] = [],
): [number, number][] {
  const inside = breaks.filter((at) => at > low && at < high).sort((a, b) => a - b);
  const edges = [low, ...inside, high];
  const gap = (high - low) * 1e-9;
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    const start = i === 0 ? from : from + gap;
    const end = i + 2 === edges.length ? to : to - gap;
    const count = Math.max(2, Math.round((samples * (to - from)) / (high - low)));
    if (i > 0) points.push([from, Number.NaN]);
    for (const x of evenly([start, end], count)) points.push([x, f(x)]);
  }
  return points;
}

/** A curve in a `Plane`: a function, or given points. */
export function Curve(props: CurveProps) {
  const { x, y } = usePlane();
  const points = props.f
    ? sampled(props.f, props.domain ?? x.domain, props.samples ?? 201, props.breaks)
    : (props.points ?? []);
  let pen = "M";
  let path = "";
  for (const [px, py] of points) {
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x(px).toFixed(2)} ${y(py).toFixed(2)}`;
    pen = "L";
  }
  return (
    <Clipped>
      <path
        className={`viz-curve${props.thin ? " viz-thin" : ""}${props.dashed ? " viz-dashed" : ""}`}
        data-sym={props.sym}
        d={path}
        style={props.colour ? { stroke: props.colour } : undefined}
      />
    </Clipped>
  );
}
