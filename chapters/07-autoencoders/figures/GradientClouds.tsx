import { useMemo } from "react";
import type { Frame } from "../../../src/training/lab.ts";
import { niceReach } from "../../../src/viz/Bars.tsx";
import { histogram } from "../../../src/viz/histogram.ts";
import { numberText, signedText } from "../../../src/viz/numberText.ts";
import { Clipped, Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { gridWeights } from "../trickLab.ts";
import { type Estimate, estimatesOf, exactGradient, roughly } from "../trickNumbers.ts";

interface GradientCloudsProps {
  readonly values: Frame["values"];
  /** Which number of the code, of `d`. */
  readonly k: number;
  readonly d: number;
}

const bins = 81;

/** What many draws say of one gradient, each by itself, in both ways; and what it is. */
export function GradientClouds({ values, k, d }: GradientCloudsProps) {
  const weights = useMemo(() => (d <= 2 ? gridWeights(d) : []), [d]);
  const estimates = estimatesOf(values, k, d);
  if (!estimates) return null;
  const { pathwise, score, ratio } = estimates;
  const exact = exactGradient(values, k, weights);
  const centre = exact ?? pathwise.mean;
  const reach = niceReach(3 * Math.max(score.deviation, pathwise.deviation));
  const place = { low: centre - reach, high: centre + reach, exact };
  return (
    <div className="clouds">
      <p className="clouds-head">
        What {pathwise.count} single draws say of the gradient of the mean cost at μ
        <sub>{k + 1}</sub>
        {exact !== null && <>, which is {signedText(exact)}</>}
      </p>
      <Cloud {...place} estimate={pathwise} name="μ + σ ⊙ ε" />
      <Cloud {...place} estimate={score} name="score function" />
      <p className="figure-note">
        Both are right in the mean. They differ in how far a single draw is off: the variance of the
        score function is about {roughly(ratio)} times the other’s, so it needs about that many
        draws where the trick needs one.{" "}
        {exact === null
          ? "In eight dimensions the gradient itself is out of reach: a grid of draws would have billions of points."
          : "The line is the gradient itself, summed over a fine grid of draws."}
      </p>
    </div>
  );
}

interface CloudProps {
  readonly estimate: Estimate;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly exact: number | null;
}

function Cloud({ estimate, name, low, high, exact }: CloudProps) {
  const counts = useMemo(
    () => histogram(estimate.each, [low, high], bins),
    [estimate.each, low, high],
  );
  const { count, mean, deviation } = estimate;
  const says = `mean ${signedText(mean)} ± ${numberText(deviation / Math.sqrt(count), 2)}, spread ${numberText(deviation)}`;
  return (
    <figure className="clouds-cloud">
      <figcaption>
        <strong>{name}</strong> <span>{says}</span>
      </figcaption>
      <Plane
        x={{ domain: [low, high] }}
        y={{ domain: [0, Math.max(...counts) * 1.05], ticks: [] }}
        width={640}
        height={124}
        label={`${name}: ${says}`}
      >
        <Columns counts={counts} low={low} high={high} />
        {exact !== null && <Exact at={exact} />}
      </Plane>
    </figure>
  );
}

interface ColumnsProps extends Pick<CloudProps, "low" | "high"> {
  readonly counts: readonly number[];
}

function Columns({ counts, low, high }: ColumnsProps) {
  const { x, y } = usePlane();
  const width = (high - low) / counts.length;
  const path = counts
    .map((count, i) => {
      if (count === 0) return "";
      const [left, right] = [x(low + i * width), x(low + (i + 1) * width)];
      return `M${left.toFixed(1)} ${y(0).toFixed(1)}V${y(count).toFixed(1)}H${right.toFixed(1)}V${y(0).toFixed(1)}z`;
    })
    .join("");
  return (
    <Clipped>
      <path className="clouds-columns" d={path} />
    </Clipped>
  );
}

function Exact({ at }: { readonly at: number }) {
  const { x, y } = usePlane();
  const [bottom, top] = y.range;
  return <path className="clouds-exact" d={`M${x(at)} ${bottom}V${top - 6}`} />;
}
