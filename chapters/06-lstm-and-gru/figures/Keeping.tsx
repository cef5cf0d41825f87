import type { CSSProperties } from "react";
import type { Config } from "../../../src/training/lab.ts";
import { decade } from "../../../src/viz/logAxis.ts";
import { numberText, powerOfTenText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { raceLab, racers } from "../raceLab.ts";
import { leftAfter, sigmoid, survivals } from "../raceNumbers.ts";
import { RacerMark } from "./RacerMark.tsx";

/** The least that the scale shows, as a power of ten: what is below stands at its end. */
const lowest = -12;
const scaleTicks = [-12, -9, -6, -3, 0];
/** A power of ten, as its place on the scale in percent. */
const place = (exponent: number): number => 100 * (1 - Math.max(exponent, lowest) / lowest);

/** How the keeping gate starts, and what it keeps of the first letter until the question. */
export function Keeping({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { gateStart, forgetBias } = raceLab.fields;
  const { config } = frame;
  if (gateStart?.kind !== "choice" || forgetBias?.kind !== "number") return null;
  return (
    <div className="keeping">
      <Segmented
        label={gateStart.label}
        value={String(config.gateStart)}
        options={gateStart.options}
        onChange={(value) => lab.configure({ gateStart: value })}
      />
      {config.gateStart === "number" && (
        <Slider
          label={forgetBias.label}
          value={Number(config.forgetBias)}
          min={forgetBias.min}
          max={forgetBias.max}
          step={0.1}
          onChange={(value, gesture) => lab.configure({ forgetBias: value }, gesture)}
        />
      )}
      <p className="keeping-forecast">
        <Forecast config={config} />
      </p>
      <div className="keeping-units">
        <p>What the gates leave of step 1 at the question, a mark a unit:</p>
        {racers.map((racer) => (
          <p key={racer.name} className="keeping-row">
            <span>
              <RacerMark racer={racer.name} /> {racer.label}
            </span>
            {"gate" in racer ? (
              <Survivors racer={racer} gates={frame.values[racer.gate]} />
            ) : (
              <span className="keeping-none">no gate: the whole state is written anew</span>
            )}
          </p>
        ))}
        <p className="keeping-row keeping-scale" aria-hidden="true">
          <span />
          <span>
            {scaleTicks.map((exponent) => (
              <span key={exponent} style={{ insetInlineStart: `${place(exponent)}%` }}>
                {exponent === lowest ? "≤ " : ""}
                {powerOfTenText(exponent)}
              </span>
            ))}
          </span>
        </p>
      </div>
    </div>
  );
}

/** What the start of the gate promises, in numbers. */
function Forecast({ config }: { readonly config: Config }) {
  const { gateStart, forgetBias, length, units } = config;
  const steps = Number(length) - 1;
  if (gateStart === "number") {
    const b = Number(forgetBias);
    return (
      <>
        The gate starts at σ({numberText(b)}) = {numberText(sigmoid(b))} and is used {steps} times.
        σ(b)
        <sup>{steps}</sup> = <strong>{numberText(leftAfter(b, steps))}</strong> of the first letter
        is left.
      </>
    );
  }
  if (gateStart === "chrono") {
    return (
      <>
        Each unit draws a time u between 1 and {steps} and starts at b = log u: some forget at once,
        some keep the letter to the end. The LSTM’s input gate starts at −b, so that what keeps long
        is seldom written.
      </>
    );
  }
  return (
    <>
      The biases lie within ±{numberText(1 / Math.sqrt(Number(units)))}: the gate starts near σ(0) =
      0.5 and is used {steps} times. 0.5<sup>{steps}</sup> ={" "}
      <strong>{numberText(leftAfter(0, steps))}</strong> of the first letter is left.
    </>
  );
}

interface SurvivorsProps {
  readonly racer: (typeof racers)[number];
  readonly gates: Parameters<typeof survivals>[0] | undefined;
}

function Survivors({ racer, gates }: SurvivorsProps) {
  const left = gates ? survivals(gates) : [];
  const most = Math.max(...left);
  const style = { "--racer": `var(--race-${racer.name})` } as CSSProperties;
  return (
    <span className="keeping-strip" style={style}>
      <span className="sr-only">At most {numberText(most)}.</span>
      {left.map((share, unit) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its number
          key={unit}
          aria-hidden="true"
          style={{ insetInlineStart: `${place(share > 0 ? decade(share) : lowest)}%` }}
        />
      ))}
    </span>
  );
}
