import "./induction.css";
import { useState } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { LiveTextField } from "../../../src/widgets/LiveTextField.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { type InductionConfig, readingOf } from "../inductionLab.ts";
import { InductionCircuit } from "./InductionCircuit.tsx";
import { InductionHeads } from "./InductionHeads.tsx";
import { InductionTimes } from "./InductionTimes.tsx";
import { LetterFlow } from "./LetterFlow.tsx";
import { PlaceLosses } from "./PlaceLosses.tsx";
import { Sayings } from "./Sayings.tsx";
import { useCalm } from "./useCalm.ts";

/** Milliseconds between two drawings of the charts while it trains. */
const pause = 250;

/** Two layers beside one: where their heads look, what they say, and how both came to it. */
export function Induction({ frame, lab, projected }: FigureProps) {
  const isStill = useStillness();
  const calm = useCalm(frame, frame.playing ? pause : 0);
  const config = frame.config as InductionConfig;
  const { tokens, problem, place } = readingOf(config);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = pointed !== null && pointed < tokens.length ? pointed : place;
  return (
    <div className="induction">
      <div className="induction-now">
        <div className="induction-letters">
          <LiveTextField
            label="Letters from A to P"
            value={config.text}
            longest={60}
            describedBy="induction-note"
            onChange={(text, gesture) => lab.configure({ text }, gesture)}
          />
          <p id="induction-note" className="figure-note" role="status">
            {problem}
          </p>
          <LetterFlow
            frame={frame}
            tokens={tokens}
            place={shown}
            onPoint={setPointed}
            onChoose={(next) => lab.configure({ place: next + 1 })}
          />
          <Sayings frame={frame} tokens={tokens} place={shown} />
        </div>
        <InductionHeads frame={frame} lab={lab} place={shown} />
        <PlaceLosses frame={calm} />
      </div>
      {!isStill && (
        <InductionTimes calm={calm} step={frame.playing ? calm.step : frame.step} lab={lab} />
      )}
      {!isStill && <InductionCircuit frame={frame} lab={lab} projected={projected} />}
    </div>
  );
}
