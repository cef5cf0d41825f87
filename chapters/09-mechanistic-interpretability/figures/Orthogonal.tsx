import "./orthogonal.css";
import { histogram } from "../../../src/viz/histogram.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture } from "../../../src/viz/Picture.tsx";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { bothSpreads } from "../orthogonalLab.ts";
import { degreesOff, welchBound } from "../orthogonalNumbers.ts";

const domain = [0, 180] as const;
const bins = 90;

/** The angles of all pairs, trained and as they were drawn; and the cosines as a table. */
export function Orthogonal({ frame }: FigureProps) {
  const { N, d, degrees } = frame.config as Record<"N" | "d" | "degrees", number>;
  const { trained, random } = bothSpreads(frame);
  const share = (cosines: readonly number[]) => {
    const angles = cosines.map((cosine) => 90 - degreesOff(cosine));
    return histogram(angles, domain, bins).map((count) => count / Math.max(1, cosines.length));
  };
  const shares = { trained: share(trained.cosines), random: share(random.cosines) };
  const top = Math.max(0.05, ...shares.trained, ...shares.random);
  const least = degreesOff(welchBound(N, d));
  return (
    <div className="orthogonal">
      <Plane
        x={{
          domain,
          label: "angle between two directions, in degrees",
          ticks: [0, 45, 90, 135, 180],
        }}
        y={{ domain: [0, 1.05 * top], label: "share of the pairs", ticks: 3 }}
        width={620}
        height={330}
        label="How many pairs of directions are at which angle"
      >
        <Band degrees={degrees} kind="asked" />
        {least > 0 && <Band degrees={least} kind="bound" />}
        <Steps shares={shares.random} kind="random" />
        <Steps shares={shares.trained} kind="trained" />
      </Plane>
      <Picture
        values={frame.values.C ?? { shape: [1, 1], data: [0] }}
        label="The cosine between any two directions"
        scale="diverging"
        reach={1}
        sym="C"
      />
      <p className="orthogonal-key">
        Filled: after training. Line: as they were drawn. Shaded: near enough, within{" "}
        {numberText(degrees, 2)}°.
        {least > 0 && ` Dashed: the farthest pair lies outside of these, whatever one does.`}
      </p>
    </div>
  );
}

/** Between so many degrees to either side of a right angle. */
function Band({ degrees, kind }: { readonly degrees: number; readonly kind: "asked" | "bound" }) {
  const { x, y } = usePlane();
  const [left, right] = [x(90 - degrees), x(90 + degrees)];
  const [top, bottom] = [y.range[1], y.range[0]];
  return kind === "asked" ? (
    <rect
      className="orthogonal-asked"
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
    />
  ) : (
    <path className="orthogonal-bound" d={`M${left} ${bottom}V${top}M${right} ${bottom}V${top}`} />
  );
}

function Steps({
  shares,
  kind,
}: {
  readonly shares: readonly number[];
  readonly kind: "trained" | "random";
}) {
  const { x, y } = usePlane();
  const width = (domain[1] - domain[0]) / bins;
  const line = shares
    .map(
      (share, i) =>
        `L${x(i * width).toFixed(1)} ${y(share).toFixed(1)}H${x((i + 1) * width).toFixed(1)}`,
    )
    .join("");
  return (
    <Clipped>
      <path className="orthogonal-steps" data-kind={kind} d={`M${x(0)} ${y(0)}${line}V${y(0)}`} />
    </Clipped>
  );
}
