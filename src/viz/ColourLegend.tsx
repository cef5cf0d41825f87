import { numberText } from "./numberText.ts";

export interface ColourLegendProps {
  /** The value of full colour. */
  readonly reach: number;
  /** The value that is neutral (default 0). */
  readonly centre?: number;
  readonly scale?: "diverging" | "sequential";
  /** What the colours stand for: "ŷ". */
  readonly label?: string;
}

/** What the colours mean: the ends and the middle of the scale, with their numbers. */
export function ColourLegend({ reach, centre = 0, scale = "diverging", label }: ColourLegendProps) {
  const isDiverging = scale === "diverging";
  return (
    <div className="viz-legend">
      {label && <span className="viz-legend-label">{label}</span>}
      <span>{numberText(isDiverging ? centre - reach : centre)}</span>
      <span
        className={isDiverging ? "viz-ramp" : "viz-ramp viz-ramp-sequential"}
        aria-hidden="true"
      />
      <span>{numberText(centre + reach)}</span>
    </div>
  );
}
