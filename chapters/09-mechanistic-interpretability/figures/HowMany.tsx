import { memo } from "react";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { evenly } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { type Count, countsOf } from "../orthogonalLab.ts";
import { cosineAt, mostThatFit, surelyFit } from "../orthogonalNumbers.ts";

/** Doublings of the dimensions, and decades of directions. */
const across = [0.8, 8.2] as const;
const up = [0, 5] as const;

/** How many directions fit into how many dimensions: drawn, found and proved. Both axes are logarithmic. */
export function HowMany({ frame }: Pick<FigureProps, "frame">) {
  const counts = countsOf(frame);
  return (
    <figure>
      <figcaption>
        How many fit. Ring: kept of 500 drawn at random. Dot: found by training. Lines: what is
        proved.
      </figcaption>
      <Plane
        x={{
          domain: across,
          label: "dimensions d",
          ticks: [1, 2, 3, 4, 5, 6, 7, 8],
          tickText: (at) => String(Math.round(2 ** at)),
        }}
        y={{
          domain: up,
          label: "directions",
          ticks: [0, 1, 2, 3, 4, 5],
          tickText: (at) => ["1", "10", "100", "10³", "10⁴", "10⁵"][at] ?? "",
        }}
        width={460}
        height={360}
        label="How many directions fit into how many dimensions"
      >
        <Proved c={cosineAt(Number(frame.config.degrees))} />
        {counts.map((count) => (
          <Found
            key={count.d}
            count={count}
            isLookedAt={String(count.d) === frame.config.d}
            hasBegun={frame.step > 0}
          />
        ))}
      </Plane>
    </figure>
  );
}

/** The d at right angles; what fits at least; beyond what nothing fits. */
const Proved = memo(({ c }: { readonly c: number }) => {
  const { x, y } = usePlane();
  const line = (count: (d: number) => number) =>
    evenly([1, across[1]], 60)
      .map((at) => [at, Math.log10(Math.min(1e9, count(2 ** at)))] as const)
      .map(([at, high], i) => `${i === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(high).toFixed(1)}`)
      .join("");
  return (
    <>
      <Clipped>
        <path className="orthogonal-line" d={line((d) => d)} />
        <path className="orthogonal-line" data-kind="least" d={line((d) => surelyFit(d, c))} />
        <path className="orthogonal-line" data-kind="most" d={line((d) => mostThatFit(d, c))} />
      </Clipped>
      <g className="orthogonal-names">
        <text x={x(across[0]) + 6} y={y(up[1]) + 18}>
          dashed: no more than this
        </text>
        <text x={x(across[0]) + 6} y={y(up[1]) + 36}>
          solid: at least this
        </text>
        <text x={x(across[0]) + 6} y={y(up[1]) + 54}>
          faint: d, at right angles
        </text>
      </g>
    </>
  );
});

function Found({
  count,
  isLookedAt,
  hasBegun,
}: {
  readonly count: Count;
  readonly isLookedAt: boolean;
  readonly hasBegun: boolean;
}) {
  const { x, y } = usePlane();
  const at = x(Math.log2(count.d));
  const [bottom, top] = y.range;
  const isMost = count.found === count.most;
  const high = y(Math.log10(Math.max(1, count.found)));
  return (
    <g className="orthogonal-count" data-chosen={isLookedAt || undefined}>
      {isLookedAt && <path className="orthogonal-now" d={`M${at} ${bottom}V${top}`} />}
      <circle className="orthogonal-ring" cx={at} cy={y(Math.log10(count.sampled))} r={8} />
      {hasBegun && (
        <>
          <circle className="orthogonal-dot" cx={at} cy={high} r={5.5} />
          <text x={at} y={high - 12}>
            {count.found}
            {isMost && "+"}
          </text>
        </>
      )}
    </g>
  );
}
