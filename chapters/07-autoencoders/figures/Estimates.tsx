import { niceReach } from "../../../src/viz/Bars.tsx";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { divergencesOf, estimatesOf } from "../klLab.ts";
import { counts, errorsByCount, runs } from "../klNumbers.ts";

/** Runs that are drawn. */
const shownRuns = 10;
const countAxis = {
  domain: [0, counts.length - 1],
  label: "draws",
  ticks: [0, 2, 4, 6, 8, 10],
  tickText: (exponent: number) => String(2 ** exponent),
} as const;

/** What draws say of the divergence: single runs, and how far off they are on average. */
export function Estimates({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const isStill = useStillness();
  const { shown } = divergencesOf(frame);
  const estimates = estimatesOf(frame);
  const errors = errorsByCount(estimates, shown);
  // c / √n, with c from all counts together.
  const scale =
    errors.reduce((sum, error, i) => sum + error * Math.sqrt(counts[i] ?? 1), 0) / counts.length;
  const reach = niceReach(Math.max(0.02, (errors[2] ?? 1) * 1.5));
  const run = (row: number) =>
    counts.map((_, i) => [i, estimates[row * counts.length + i] ?? Number.NaN] as const);
  const decade = (error: number) => Math.log10(Math.max(error, 1e-6));
  const top = Math.ceil(decade(errors[0] ?? 1) + 0.2);
  return (
    <div className="kl-estimates">
      <Plane
        x={countAxis}
        y={{ domain: [shown - reach, shown + reach], label: "estimate, nats", ticks: 4 }}
        width={380}
        height={230}
        label={`Estimates from 1 to ${counts.at(-1)} draws, ${shownRuns} runs, and the true value`}
      >
        {Array.from({ length: shownRuns - 1 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is its number
          <Curve key={i} points={run(i + 1)} thin colour="var(--ink-faint)" />
        ))}
        <Curve points={run(0)} />
        <Curve f={() => shown} dashed colour="var(--accent)" />
      </Plane>
      <Plane
        x={countAxis}
        y={{
          domain: [top - 3, top],
          label: "error of an estimate, nats",
          ticks: [top - 3, top - 2, top - 1, top],
          tickText: powerOfTenText,
        }}
        width={380}
        height={230}
        label="How far an estimate is off, by the number of draws"
      >
        <Curve
          points={counts.map((count, i) => [i, decade(scale / Math.sqrt(count))] as const)}
          dashed
          thin
        />
        <Curve points={errors.map((error, i) => [i, decade(error)] as const)} />
      </Plane>
      <p className="figure-note">
        The estimate: {shownRuns} runs of draws, each its mean so far; dashed: what is true. The
        error: how far off they are, over {runs} runs; dashed: {numberText(scale, 2)} / √n.{" "}
        <button
          type="button"
          disabled={isStill}
          onClick={() => lab.configure({ draw: (Number(frame.config.draw) % 9999) + 1 })}
        >
          Draw anew
        </button>
      </p>
    </div>
  );
}
