import type { NDArray } from "../../../src/data/ndarray.ts";
import { classCss } from "../../../src/viz/colour.ts";
import { DataMark } from "../../../src/viz/DataPoints.tsx";
import { Clipped } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { Place as At } from "../../../src/widgets/useMovable.ts";

export type Place = At;

/** The mark of an optimiser: a shape and a hue of its own. */
export function RunnerMark({
  index,
  size = 7,
}: {
  readonly index: number;
  readonly size?: number;
}) {
  return <DataMark class={index} size={size} />;
}

/** So many steps at most have a dot each on the path; after that the line alone is clearer. */
const mostDots = 60;

interface RunnerProps {
  readonly index: number;
  readonly label: string;
  /** The points it has left, oldest first, `[t, 2]`. */
  readonly trail: NDArray | undefined;
  readonly at: Place;
  readonly step: number;
}

/** One optimiser: where it has been, a dot for each step, and where it is. */
export function Runner({ index, label, trail, at, step }: RunnerProps) {
  const { x, y } = usePlane();
  const points = placesOf(trail, step);
  const path = [...points, at].map(([px, py]) => `${x(px).toFixed(1)} ${y(py).toFixed(1)}`);
  const [left, right] = x.domain;
  const [bottom, top] = y.domain;
  const isInside = at[0] >= left && at[0] <= right && at[1] >= bottom && at[1] <= top;
  const colour = classCss(index);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the path takes no focus
    <g aria-hidden="true" className="descent-runner">
      <Clipped>
        <path className="descent-path" style={{ stroke: colour }} d={`M${path.join("L")}`} />
        {step <= mostDots &&
          points.map(([px, py], i) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its step
              key={i}
              className="descent-dot"
              style={{ fill: colour }}
              cx={x(px)}
              cy={y(py)}
            />
          ))}
      </Clipped>
      {isInside && (
        <g transform={`translate(${x(at[0])} ${y(at[1])})`}>
          <title>{label}</title>
          <RunnerMark index={index} />
        </g>
      )}
    </g>
  );
}

/** The places of the last `step` points of a trail: what is before them is the start, over and over. */
function placesOf(trail: NDArray | undefined, step: number): Place[] {
  if (!trail) return [];
  const count = trail.shape[0] ?? 0;
  const first = Math.max(0, count - step);
  return Array.from({ length: count - first }, (_, i) => {
    const at = 2 * (first + i);
    return [trail.data[at] ?? 0, trail.data[at + 1] ?? 0];
  });
}

/** The lowest points of a surface, where they are known. */
export function Minima({ places }: { readonly places: readonly Place[] }) {
  const { x, y } = usePlane();
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the marks take no focus
    <g aria-hidden="true">
      {places.map(([px, py]) => (
        <path
          key={`${px} ${py}`}
          className="descent-minimum"
          transform={`translate(${x(px)} ${y(py)})`}
          d="M-6 0H6M0-6V6"
        />
      ))}
    </g>
  );
}
