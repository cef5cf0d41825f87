import "./orthogonal.css";
import { histogram } from "../../../src/viz/histogram.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { bothCosines } from "../orthogonalLab.ts";
import { degreesOff, spaces } from "../orthogonalNumbers.ts";
import { HowMany } from "./HowMany.tsx";

const domain = [0, 180] as const;
const bins = 60;

/** How many directions fit, by dimensions; and the angles of all their pairs in the space that is looked at. */
export function Orthogonal({ frame, lab }: FigureProps) {
  const degrees = Number(frame.config.degrees);
  return (
    <div className="orthogonal">
      <div className="orthogonal-settings">
        <Slider
          label="Within so many degrees of a right angle"
          value={degrees}
          min={1}
          max={40}
          step={1}
          valueText={(value) => `${value}°`}
          onChange={(value, gesture) => lab.configure({ degrees: value }, gesture)}
        />
        <Segmented
          label="Look at dimensions"
          value={String(frame.config.d)}
          options={spaces.map(({ d }) => ({ value: String(d), label: String(d) }))}
          onChange={(d) => lab.configure({ d })}
        />
      </div>
      <HowMany frame={frame} />
      <Angles frame={frame} />
    </div>
  );
}

function Angles({ frame }: Pick<FigureProps, "frame">) {
  const { trained, random } = bothCosines(frame);
  const share = (cosines: readonly number[]) => {
    const angles = cosines.map((cosine) => 90 - degreesOff(cosine));
    return histogram(angles, domain, bins).map((count) => count / Math.max(1, cosines.length));
  };
  const shares = { trained: share(trained), random: share(random) };
  const top = Math.max(0.05, ...shares.trained, ...shares.random);
  return (
    <figure>
      <figcaption>
        The angles of all pairs in {String(frame.config.d)} dimensions. Line: drawn at random.
        Filled: found by training. Shaded: near enough.
      </figcaption>
      <Plane
        x={{
          domain,
          label: "angle between two directions, in degrees",
          ticks: [0, 45, 90, 135, 180],
        }}
        y={{ domain: [0, 1.05 * top], label: "share of the pairs", ticks: 3 }}
        width={460}
        height={360}
        label="How many pairs of directions are at which angle"
      >
        <NearEnough degrees={Number(frame.config.degrees)} />
        {trained.length > 0 && <Steps shares={shares.trained} kind="trained" />}
        <Steps shares={shares.random} kind="random" />
      </Plane>
    </figure>
  );
}

/** Between so many degrees to either side of a right angle. */
function NearEnough({ degrees }: { readonly degrees: number }) {
  const { x, y } = usePlane();
  const [left, right] = [x(90 - degrees), x(90 + degrees)];
  const [bottom, top] = y.range;
  return (
    <rect
      className="orthogonal-asked"
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
    />
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
