import { memo } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { Plane } from "../../../src/viz/Plane.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { now, places } from "../inductionNumbers.ts";
import { leastLosses, type Twin, twins } from "../inductionTask.ts";

const least = leastLosses();

/** What each place of a sequence costs: two layers, one layer, and the least that anybody could pay. */
export const PlaceLosses = memo(function PlaceLosses({ frame }: Pick<FigureProps, "frame">) {
  const points = (twin: Twin) => places.map((t) => [t, now(frame, twin, `at.${t}`)] as const);
  // First rounds may cost anything where they are not asked for; the chart has room for the rest.
  const top = Math.max(
    4,
    ...twins.map((twin) => Math.ceil(now(frame, twin, "L_known"))).filter(Number.isFinite),
  );
  return (
    <div className="induction-chart">
      <Plane
        x={{
          domain: [1, places.length],
          label: "after so many letters",
          ticks: [1, 6, 12, 18, 24],
        }}
        y={{ domain: [0, top], label: "loss of the next, nats", ticks: 4 }}
        width={420}
        height={280}
        label="The loss at each place of a sequence, on sequences kept apart."
      >
        <Curve points={places.map((t, i) => [t, least[i] ?? 0])} thin />
        <Curve points={points("one")} dashed />
        <Curve points={points("two")} />
      </Plane>
      <p className="figure-note">
        Thick: two layers. Dashed: one layer. Thin: the least that anybody could pay.
        {frame.config.asked === "known" && " Of first rounds they were never asked."}
      </p>
    </div>
  );
});
