import "./trick.css";
import { useState } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { estimateWatches } from "../trickLab.ts";
import { CostCurves } from "./CostCurves.tsx";
import { GradientClouds } from "./GradientClouds.tsx";
import { SampleGraph } from "./SampleGraph.tsx";

/** How often the many draws are looked at while it learns, in milliseconds. */
const pause = 1000;

/** How a code is drawn: the numbers on their way forwards, what comes back, and what many draws make of it. */
export function Trick({ frame, lab }: FigureProps) {
  const d = Number(frame.config.d);
  const close = usePulsedWatch({ frame, lab }, estimateWatches(String(frame.config.d)), pause);
  const [chosen, setChosen] = useState(0);
  const k = Math.min(chosen, d - 1);
  return (
    <div className="trick">
      <SampleGraph frame={frame} lab={lab} k={k} />
      {d > 1 && (
        <Segmented
          label="Number of the code"
          value={String(k)}
          options={Array.from({ length: d }, (_, i) => ({
            value: String(i),
            label: String(i + 1),
          }))}
          onChange={(next) => setChosen(Number(next))}
        />
      )}
      <GradientClouds values={close?.values ?? frame.values} k={k} d={d} />
      <CostCurves frame={frame} probe="few" />
    </div>
  );
}
