import { useRef } from "react";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { newGesture, useDraft, useFrameWrite } from "../../../src/widgets/gesture.ts";
import { Slider } from "../../../src/widgets/Slider.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import type { Pulsed } from "../../../src/widgets/usePulsedWatch.ts";
import { writtenText } from "../charactersLab.ts";

interface SampleProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly close: Pulsed | null;
}

/** What the model writes: the reader's beginning, and how it goes on. */
export function Sample({ frame, lab, close }: SampleProps) {
  const { config } = frame;
  const isStill = useStillness();
  const begin = useDraft(String(config.begin), Object.is);
  const gesture = useRef("");
  const { write, flush } = useFrameWrite<string>((text, own) =>
    lab.configure({ begin: text }, own),
  );
  const written = writtenText(config, close?.values["written@dream"]);
  return (
    <div className="characters-sample">
      <p className="characters-head">It writes{close ? `, after ${close.step} steps` : ""}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long sample scrolls, by the keyboard too */}
      <pre className="characters-written" tabIndex={0}>
        <strong>{String(config.begin)}</strong>
        {written}
      </pre>
      <div className="characters-controls">
        <label className="control">
          <span className="control-label">Begin with</span>
          <input
            type="text"
            className="lab-text-field"
            value={begin.shown}
            maxLength={60}
            size={12}
            disabled={isStill}
            spellCheck={false}
            autoComplete="off"
            onFocus={() => {
              gesture.current = newGesture();
            }}
            onChange={(event) => {
              begin.hold(event.target.value);
              write(event.target.value, gesture.current);
            }}
            onBlur={() => begin.letGo(flush())}
          />
        </label>
        <Slider
          label="Temperature τ"
          value={Number(config.tau)}
          min={0.1}
          max={2}
          step={0.05}
          valueText={(tau) => numberText(tau, 3)}
          onChange={(tau, own) => lab.configure({ tau }, own)}
          sym="tau"
        />
        <button
          type="button"
          disabled={isStill}
          onClick={() => void lab.configure({ draw: (Number(config.draw) % 9999) + 1 })}
        >
          Write again
        </button>
      </div>
    </div>
  );
}
