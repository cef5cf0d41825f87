import "./throughTime.css";
import { entry } from "../../../src/data/ndarray.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Walk } from "../../../src/widgets/Walk.tsx";
import { countedSteps, stopOf, subscript } from "../gradientLab.ts";
import { GradientCells } from "./GradientCells.tsx";
import { GradientSizes } from "./GradientSizes.tsx";
import { StepRule } from "./StepRule.tsx";
import { TimeProof } from "./TimeProof.tsx";

/** The way through time, forwards and back: every step, what arrives there, and the chain rule in hand. */
export function ThroughTime({ frame, lab, projected }: FigureProps) {
  const steps = Number(frame.config.steps);
  const stop = stopOf(frame);
  const go = (place: number, gesture?: string) => lab.configure({ place }, gesture);
  const counted = countedSteps(String(frame.config.counted), steps);
  const count = (t: number, isCounted: boolean) => {
    const next = isCounted ? [...counted, t] : counted.filter((step) => step !== t);
    return lab.configure({
      counted: next.length === steps ? "all" : next.sort(byNumber).join(" "),
    });
  };
  return (
    <div className="through-time">
      <GradientCells frame={frame} counted={counted} onCount={count} onGo={go} />
      <Walk
        place={Math.min(Number(frame.config.place), 2 * steps)}
        last={2 * steps}
        landmarks={[
          { label: "All forwards", place: steps },
          { label: "All the way back", place: 2 * steps },
        ]}
        onGo={go}
      />
      <div className="through-lower">
        <GradientSizes frame={frame} projected={projected} />
        <div className="through-words">
          <StepRule
            frame={frame}
            counted={counted}
            onInput={(x, gesture) => lab.input({ x: [x], y: [x.map(() => x[0] ?? 0)] }, gesture)}
          />
          <TimeProof frame={frame} lab={lab} t={stop.kind === "start" ? 1 : stop.t} />
        </div>
      </div>
      <p className="through-loss" data-sym="L">
        L = {sumOf(counted, steps)} = {numberText(entry(frame.values.L))}
      </p>
    </div>
  );
}

/** The losses that count, as a sum. */
function sumOf(counted: readonly number[], steps: number): string {
  const names = counted.map((t) => `L${subscript(t)}`);
  return counted.length === steps && steps > 3
    ? `${names[0]} + … + ${names.at(-1)}`
    : names.join(" + ");
}

const byNumber = (a: number, b: number): number => a - b;
