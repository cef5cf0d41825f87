import { useEffect, useRef, useState } from "react";
import type { Frame } from "../training/lab.ts";
import { numberText } from "../viz/numberText.ts";
import { useThemeCount } from "../viz/theme.ts";
import type { LossPlot } from "./lossPlot.ts";

/** Milliseconds between two drawings of the curve: it moves too little to be drawn with every frame. */
const pause = 250;

export interface LossChartProps {
  readonly curve: Frame["curve"];
  readonly step: number;
  readonly still: boolean;
  readonly projected: boolean;
}

/** The training curve. A line of SVG in the still and until there is a curve; then a chart made for streaming. */
export function LossChart({ curve, step, still, projected }: LossChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useThemeCount();
  const [plot, setPlot] = useState<LossPlot | null>(null);
  const drawn = useRef<{ plot: LossPlot | null; at: number }>({ plot: null, at: 0 });
  const hasCurve = curve.steps.length >= 2;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme or size of type is drawn by a new chart
  useEffect(() => {
    const element = place.current;
    if (still || !hasCurve || !element) return;
    let isGone = false;
    let made: LossPlot | null = null;
    import("./lossPlot.ts")
      .then(({ createLossPlot }) => {
        if (isGone) return;
        made = createLossPlot(element);
        setPlot(made);
      })
      // Without the chart's code (no network) the line of SVG stays.
      .catch(() => {});
    return () => {
      isGone = true;
      made?.destroy();
      setPlot(null);
    };
  }, [still, hasCurve, theme, projected]);

  useEffect(() => {
    if (!plot) return;
    const draw = (): void => {
      drawn.current = { plot, at: performance.now() };
      plot.update(curve, step);
    };
    const since = performance.now() - drawn.current.at;
    if (drawn.current.plot !== plot || since >= pause) {
      draw();
      return;
    }
    const timer = setTimeout(draw, pause - since);
    return () => clearTimeout(timer);
  }, [plot, curve, step]);

  return (
    <div className="lab-loss">
      <div ref={place} className="lab-loss-plot" role="img" aria-label={curveText(curve)}>
        {!plot && <Sparkline curve={curve} />}
      </div>
      {!hasCurve && <p className="lab-loss-empty">The loss is drawn here once it trains.</p>}
    </div>
  );
}

/** The curve in words. */
export function curveText({ steps, losses }: Frame["curve"]): string {
  if (steps.length < 2) return "Loss: no training yet.";
  const from = `${numberText(losses[0])} at step ${steps[0]}`;
  return `Loss: from ${from} to ${numberText(losses.at(-1))} at step ${steps.at(-1)}.`;
}

function Sparkline({ curve: { steps, losses } }: { readonly curve: Frame["curve"] }) {
  const finite = losses.filter(Number.isFinite);
  const high = Math.max(...finite, 1e-12);
  const first = steps[0] ?? 0;
  const span = Math.max(1, (steps.at(-1) ?? 1) - first);
  const path = steps
    .map((at, i) => [at, losses[i] as number] as const)
    .filter(([, loss]) => Number.isFinite(loss))
    .map(([at, loss], i) => {
      const x = (100 * (at - first)) / span;
      return `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${(48 - (46 * loss) / high).toFixed(2)}`;
    })
    .join("");
  return (
    <svg
      viewBox="0 0 100 50"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="lab-sparkline"
    >
      <path d="M0 48H100" className="viz-gridline" />
      <path d={path} className="viz-curve viz-thin" />
    </svg>
  );
}
