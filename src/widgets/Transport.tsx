import type { Frame } from "../training/lab.ts";
import { countText } from "../viz/numberText.ts";
import type { LabActions } from "./figure.ts";
import { Select } from "./Select.tsx";
import { Slider } from "./Slider.tsx";

export interface TransportProps {
  readonly frame: Frame;
  readonly actions: LabActions;
  readonly still: boolean;
  /** Steps a second at most; undefined is as fast as it can. */
  readonly pace: number | undefined;
  readonly onPace: (pace: number | undefined) => void;
  /** Goes back to what the lab was trained to beforehand; absent in a lab that was not. */
  readonly onTrained?: (() => void) | undefined;
}

const paces = [
  { value: "", label: "full speed" },
  { value: "1", label: "1 a second" },
  { value: "5", label: "5 a second" },
  { value: "20", label: "20 a second" },
  { value: "60", label: "60 a second" },
] as const;

/** Train, step, start over; and the time line, on which training can be taken back and forked. */
export function Transport({ frame, actions, still, pace, onPace, onTrained }: TransportProps) {
  return (
    <div className="lab-transport">
      <div className="lab-buttons">
        <button
          type="button"
          className="lab-primary"
          disabled={still}
          onClick={() => void (frame.playing ? actions.pause() : actions.play(pace))}
        >
          {frame.playing ? "Pause" : "Train"}
        </button>
        <button type="button" disabled={still} onClick={() => void actions.train(1)}>
          Step
        </button>
        <button type="button" disabled={still} onClick={() => void actions.reset()}>
          Start over
        </button>
        {onTrained && (
          <button type="button" disabled={still} onClick={onTrained}>
            As trained
          </button>
        )}
        <Select
          label="Speed"
          value={pace === undefined ? "" : String(pace)}
          options={paces}
          onChange={(text) => {
            const next = text === "" ? undefined : Number(text);
            onPace(next);
            if (frame.playing) void actions.play(next);
          }}
        />
      </div>
      <div className="lab-timeline">
        <Slider
          bare
          label="Time line: go back to an earlier step"
          value={frame.step}
          min={frame.firstStep}
          max={Math.max(frame.firstStep + 1, frame.lastStep, frame.step)}
          step={1}
          valueText={(step) => `step ${countText(step)} of ${countText(frame.lastStep)}`}
          onChange={(step) => actions.seek(step)}
        />
        <output className="lab-step">step {countText(frame.step)}</output>
      </div>
    </div>
  );
}
