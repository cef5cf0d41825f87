import type { Frame } from "../training/lab.ts";
import { scheduledFactor, scheduledRate, scheduleWords } from "../training/schedule.ts";
import { numberText } from "../viz/numberText.ts";

const [width, height, margin] = [120, 34, 4];

/** The learning rate over the steps, where it follows a schedule; a dot stands at the next step. */
export function ScheduleCurve({ frame }: { readonly frame: Frame }) {
  const { config, step } = frame;
  const words = scheduleWords(config);
  if (words === null) return null;
  const end = Math.max(Number(config.scheduleSteps) * (config.schedule === "step" ? 4 : 1.1), step);
  const place = (at: number): [number, number] => [
    margin + ((width - 2 * margin) * at) / end,
    height - margin - (height - 2 * margin) * scheduledFactor(config, at),
  ];
  const points = Array.from({ length: width }, (_, i) => place((end * i) / (width - 1)));
  const [x, y] = place(step);
  const now = numberText(scheduledRate(config, step));
  return (
    <figure className="lab-schedule">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Learning rate: ${words}`}>
        <polyline points={points.map((point) => point.map((n) => n.toFixed(1)).join()).join(" ")} />
        <circle cx={x} cy={y} r={3} />
      </svg>
      <figcaption>
        rate <span className="lab-schedule-now">{now}</span>, {words}
      </figcaption>
    </figure>
  );
}
