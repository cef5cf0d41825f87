import type { NDArray } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";

interface ByChanceProps {
  readonly score: number;
  /** Scores of the same two parts, turned against each other at random. */
  readonly byChance: NDArray | undefined;
}

/** The end of the scale. */
const most = 0.4;

/** Where a score lies among those of chance. */
export function ByChance({ score, byChance }: ByChanceProps) {
  const turned = Array.from(byChance?.data ?? []);
  const place = (value: number) => 10 + 300 * Math.min(1, value / most);
  const mean = turned.reduce((sum, one) => sum + one, 0) / Math.max(1, turned.length);
  const side = score >= Math.max(...turned) ? "above" : score <= Math.min(...turned) ? "below" : "";
  return (
    <figure className="by-chance">
      <svg viewBox="0 0 320 56" role="img" aria-label="The score among those by chance">
        <path
          d="M10 34H310M10 30v8M85 30v8M160 30v8M235 30v8M310 30v8"
          className="by-chance-axis"
        />
        <path
          d={turned.map((one) => `M${place(one).toFixed(1)} 18v14`).join("")}
          className="by-chance-turned"
        />
        <path d={`M${place(score).toFixed(1)} 34l-6 -13h12z`} className="by-chance-score" />
        {[0, 0.1, 0.2, 0.3, 0.4].map((tick) => (
          <text key={tick} x={place(tick)} y={52}>
            {tick}
          </text>
        ))}
        <text x={place(score)} y={15} className="by-chance-number">
          {numberText(score, 3)}
        </text>
      </svg>
      <figcaption className="figure-note">
        Thin lines: {turned.length} random turns, on average {numberText(mean, 2)}. This wire is{" "}
        {side ? `${side} all of them` : "among them"}.
      </figcaption>
    </figure>
  );
}
