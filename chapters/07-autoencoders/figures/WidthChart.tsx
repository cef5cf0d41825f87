import { useState } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { useSecondLab } from "../../../src/widgets/useSecondLab.ts";
import {
  bottleneckLab,
  heldError,
  heldErrorNow,
  modeOf,
  widest,
  widthOf,
} from "../bottleneckLab.ts";
import type { Principal } from "../principal.ts";

/** The widths that the button trains, and for how long. */
const tried = [1, 2, 4, 8, 16, 32] as const;
const stepsEach = 300;

interface WidthChartProps extends Pick<FigureProps, "frame"> {
  readonly principal: Principal | null;
}

/** The error on pictures held out, by the width of the code: PCA's, and the autoencoder's as far as it was tried. */
export function WidthChart({ frame, principal }: WidthChartProps) {
  const { config } = frame;
  const row = useWidths(frame);
  const mode = modeOf(config);
  const top = 5 * Math.ceil(((principal?.errors[0] ?? 20) * 1.02) / 5);
  const now = heldErrorNow(frame);
  return (
    <div className="ae-widths">
      <Plane
        x={{ domain: [0, widest + 1], label: "width of the code d", ticks: [1, 2, 4, 8, 16, 32] }}
        y={{ domain: [0, top], label: "error on pictures held out" }}
        width={520}
        height={300}
        label="The error by the width of the code, by PCA and by the autoencoder"
      >
        {principal && (
          <Curve points={principal.errors.map((error, k) => [k, error] as const)} dashed />
        )}
        <Curve points={row.points} thin />
        {row.points.map(([width, error]) => (
          <Dot key={width} at={[width, error]} kind="tried" />
        ))}
        {Number.isFinite(now) && <Dot at={[widthOf(config), Math.min(now, top)]} kind="now" />}
      </Plane>
      <div className="ae-widths-words">
        <p className="figure-note">
          Dashed: PCA. Large dot: the autoencoder above
          {mode === "plain" ? "" : ", in the kind that is chosen"}.
          {row.points.length > 0 && ` Small dots: after ${stepsEach} steps each, from nothing.`}
        </p>
        {row.control}
      </div>
    </div>
  );
}

function Dot({ at, kind }: { readonly at: readonly [number, number]; readonly kind: string }) {
  const { x, y } = usePlane();
  return (
    <g className="viz-mark" transform={`translate(${x(at[0])} ${y(at[1])})`}>
      <circle className={`ae-dot ae-dot-${kind}`} r={kind === "now" ? 8 : 5}>
        <title>{`d = ${at[0]}: ${numberText(at[1])}`}</title>
      </circle>
    </g>
  );
}

/** A row of widths, trained one after another in a lab of its own beside this one. */
function useWidths(frame: FigureProps["frame"]) {
  const isStill = useStillness();
  const [points, setPoints] = useState<readonly (readonly [number, number])[]>([]);
  const [doing, setDoing] = useState("the first");
  const { isRunning, failure, run, stop } = useSecondLab(bottleneckLab, "07-autoencoders");
  const start = (): void => {
    setPoints([]);
    setDoing("the first");
    run(async (lab, isWanted) => {
      for (const width of tried) {
        if (!isWanted()) return;
        setDoing(`d = ${width}`);
        await lab.configure({ ...frame.config, width });
        await lab.reset(frame.seed);
        await lab.train(stepsEach);
        const { data } = await lab.read(heldError);
        if (isWanted()) setPoints((before) => [...before, [width, data[0] ?? Number.NaN]]);
      }
    });
  };
  const isOwn = frame.config.source === "own";
  const control = (
    <p className="ae-widths-run">
      <button type="button" disabled={isStill || isOwn} onClick={isRunning ? stop : start}>
        {isRunning ? "Stop" : `Train widths ${tried.join(", ")}`}
      </button>
      <span aria-live="polite">{failure ?? (isRunning ? `Training ${doing} …` : "")}</span>
    </p>
  );
  return { points, control };
}
