import type { Frame } from "../training/lab.ts";
import { countText, numberText } from "../viz/numberText.ts";
import { LossChart } from "./LossChart.tsx";
import { ScheduleCurve } from "./ScheduleCurve.tsx";

export interface MeasuresProps {
  readonly frame: Frame;
  readonly still: boolean;
  readonly projected: boolean;
}

/** Loss and metrics, beside the picture. */
export function Measures({ frame, still, projected }: MeasuresProps) {
  return (
    <div className="lab-measures">
      <LossChart curve={frame.curve} step={frame.step} still={still} projected={projected} />
      <ScheduleCurve frame={frame} />
      <dl>
        <Measure
          name="loss"
          text={Number.isNaN(frame.loss) ? "none here" : numberText(frame.loss)}
        />
        {Object.entries(frame.metrics).map(([name, value]) => (
          <Measure key={name} name={name} text={numberText(value)} />
        ))}
        <Measure name="steps/s" text={countText(frame.speed)} />
      </dl>
    </div>
  );
}

function Measure({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
