import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Frame } from "../training/lab.ts";
import { tickText } from "../viz/scale.ts";

/** A streaming chart of the loss, in the colours of the place where it stands; dashed, what else is recorded. */
export interface LossPlot {
  update(curve: Frame["curve"], step: number): void;
  destroy(): void;
}

/** Draws into `place`, whose size it follows. */
export function createLossPlot(place: HTMLElement): LossPlot {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || "gray";
  const scale = Number(style.getPropertyValue("--lab-scale")) || 1;
  const font = `${style.fontSize} ${style.fontFamily}`;
  const lineHeight = Number.parseFloat(style.fontSize);
  let current = 0;
  let newest = 0;
  const axis: uPlot.Axis = {
    font,
    stroke: colour("--ink-soft"),
    grid: { stroke: colour("--rule"), width: scale },
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: place.clientWidth,
      height: place.clientHeight,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false },
      scales: {
        x: { time: false },
        y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.05 : 1] },
      },
      axes: [
        { ...axis, size: lineHeight * 2, space: lineHeight * 5 },
        {
          ...axis,
          size: lineHeight * 4,
          space: lineHeight * 2.5,
          values: (_plot, splits, _axis, _space, step) =>
            splits.map((split) => tickText(split, step)),
        },
      ],
      series: [
        {},
        { stroke: colour("--ink"), width: 1.5 * scale, points: { show: false } },
        {
          stroke: colour("--ink-soft"),
          width: 1.5 * scale,
          dash: [4 * scale, 3 * scale],
          points: { show: false },
        },
      ],
      hooks: {
        draw: [
          (self) => {
            if (current >= newest) return;
            const x = self.valToPos(current, "x", true);
            const { ctx, bbox } = self;
            ctx.save();
            ctx.strokeStyle = colour("--accent");
            ctx.lineWidth = 2 * scale * devicePixelRatio;
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
            ctx.restore();
          },
        ],
      },
    },
    [[], [], []],
    place,
  );
  const resized = new ResizeObserver(() => {
    plot.setSize({ width: place.clientWidth, height: place.clientHeight });
  });
  resized.observe(place);
  return {
    update({ steps, losses, others = {} }, step) {
      current = step;
      newest = steps.at(-1) ?? 0;
      // A chart this small has room for one more line: the first that the lab records.
      const [second = []] = Object.values(others);
      plot.setData([steps as number[], drawable(losses), drawable(steps.map((_, i) => second[i]))]);
    },
    destroy() {
      resized.disconnect();
      plot.destroy();
    },
  };
}

/** What is no finite number leaves a gap. */
function drawable(values: readonly (number | undefined)[]): (number | null)[] {
  return values.map((value) => (value !== undefined && Number.isFinite(value) ? value : null));
}
