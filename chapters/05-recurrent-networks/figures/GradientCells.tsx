import type { CSSProperties } from "react";
import { entry } from "../../../src/data/ndarray.ts";
import { divergingCss } from "../../../src/viz/colour.ts";
import { decade } from "../../../src/viz/logAxis.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { gradientSizes, isCutAfter, stopOf, units } from "../gradientLab.ts";

interface GradientCellsProps extends Pick<FigureProps, "frame"> {
  readonly counted: readonly number[];
  readonly onCount: (t: number, isCounted: boolean) => unknown;
  readonly onGo: (place: number) => unknown;
}

/** The copies of the cell in a row: which losses count, the states, and the gradient coming back. */
export function GradientCells({ frame, counted, onCount, onGo }: GradientCellsProps) {
  const isStill = useStillness();
  const { values, config, input } = frame;
  const steps = Number(config.steps);
  const stop = stopOf(frame);
  const sizes = gradientSizes(frame);
  const forwardTo = stop.kind === "forward" ? stop.t : stop.kind === "start" ? 0 : steps;
  const backTo = stop.kind === "backward" ? stop.t : steps + 1;
  return (
    <section
      className="through-cells"
      aria-label="The unrolled network, a column a step"
      style={{ "--steps": steps } as CSSProperties}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a small screen it scrolls, by the keyboard too
      tabIndex={0}
    >
      <div className="through-step through-labels" aria-hidden="true">
        <span>counts</span>
        <span>
          ŷ<sub>t</sub>
        </span>
        <span data-sym="steps.1.h">
          h<sub>t</sub>
        </span>
        <span>
          ∂L/∂h<sub>t</sub>
        </span>
        <span>
          x<sub>t</sub>
        </span>
        <span>t</span>
      </div>
      {Array.from({ length: steps }, (_, i) => {
        const t = i + 1;
        const isKnown = t <= forwardTo;
        const isBack = t >= backTo;
        const isNow = stop.kind !== "start" && stop.t === t;
        const cut = isCutAfter(t, Number(config.truncate)) && t < steps;
        return (
          <div
            key={t}
            className="through-step"
            data-now={isNow || undefined}
            data-known={isKnown || undefined}
          >
            <label className="through-tick">
              <input
                type="checkbox"
                checked={counted.includes(t)}
                disabled={isStill}
                aria-label={`The loss of step ${t} counts`}
                onChange={(event) => onCount(t, event.target.checked)}
              />
            </label>
            <span
              className="through-answer"
              title={`ŷ${t} = ${numberText(entry(values["steps.*.y_hat"], i))}`}
            >
              {isKnown ? shortText(entry(values["steps.*.y_hat"], i)) : "?"}
            </span>
            <button
              type="button"
              className="through-cell"
              disabled={isStill}
              aria-label={`Step ${t}: go back to here`}
              aria-current={isNow ? "step" : undefined}
              onClick={() => onGo(2 * steps + 1 - t)}
            >
              {Array.from({ length: units }, (_, unit) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place
                  key={unit}
                  style={{
                    backgroundColor: isKnown
                      ? divergingCss(entry(values["steps.*.h"], i * units + unit), 1)
                      : undefined,
                  }}
                />
              ))}
            </button>
            <span className="through-back" data-cut={cut || undefined} aria-hidden="true">
              {isBack && <Flow share={(sizes[i] ?? 0) / Math.max(...sizes)} />}
              {cut && <span className="through-scissors">✂</span>}
            </span>
            <span className="through-x" title={`x${t} = ${numberText(entry(input.x, i))}`}>
              {shortText(entry(input.x, i))}
            </span>
            <span className="through-t">{t}</span>
          </div>
        );
      })}
    </section>
  );
}

/** The gradient at a step as a bar: full where it is longest, a quarter of it less for each power of ten. */
function Flow({ share }: { readonly share: number }) {
  const at = decade(share);
  const height = Number.isFinite(at) ? Math.max(0.03, 1 + at / 4) : 0;
  return <span className="through-flow" style={{ blockSize: `${100 * height}%` }} />;
}

/** A number where there is room for five characters: hundredths, or two digits of a large one. */
function shortText(value: number): string {
  if (Math.abs(value) >= 10) return numberText(value, 2);
  const hundredths = Math.round(value * 100) / 100;
  return hundredths === 0 ? "0" : hundredths.toFixed(2).replace("-", "\u2212");
}
