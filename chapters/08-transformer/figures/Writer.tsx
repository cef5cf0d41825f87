import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { Toggle } from "../../../src/widgets/Toggle.tsx";
import { wholeLength } from "../gptData.ts";
import type { Writing } from "./useWriting.ts";

interface WriterProps extends Pick<FigureProps, "frame" | "lab"> {
  readonly writing: Writing;
  /** Whether keys and values are kept. */
  readonly caches: boolean;
  readonly onCaches: (caches: boolean) => void;
}

/** Lets the model write: one token, on and on, the same again, or another draw; with its cache or without. */
export function Writer({ frame, lab, writing, caches, onCaches }: WriterProps) {
  const isStill = useStillness();
  const { config } = frame;
  const { isWriting, tokens } = writing;
  const isFull = tokens.length >= wholeLength;
  const draw = Number(config.draw);
  const again = (next: number) => lab.configure({ draw: next, written: "", place: 0 });
  return (
    <div className="gpt-writer">
      <span className="lab-buttons">
        <button
          type="button"
          disabled={isStill || isWriting || isFull}
          onClick={() => writing.write("one")}
        >
          One token
        </button>
        {isWriting ? (
          <button type="button" className="lab-primary" onClick={writing.stop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="lab-primary"
            disabled={isStill || isFull}
            onClick={() => writing.write("line")}
          >
            Write
          </button>
        )}
        <button
          type="button"
          disabled={isStill || isWriting || config.written === ""}
          onClick={() => void lab.configure({ written: "", place: 0 })}
        >
          Clear
        </button>
        <button
          type="button"
          disabled={isStill || isWriting}
          onClick={() => void again((draw % 9999) + 1)}
        >
          Other draws
        </button>
      </span>
      <Toggle label="Key–value cache" value={caches} onChange={onCaches} />
      <button type="button" disabled={isStill || isWriting} onClick={writing.time}>
        Time both
      </button>
      <p className="figure-note" role="status">
        {speedText(writing)} {writing.note}
      </p>
    </div>
  );
}

function speedText({ speed: { cached, reread } }: Writing): string {
  const ms = (value: number) => `${numberText(value, 2)} ms`;
  if (cached !== null && reread !== null) {
    const ratio = reread / cached;
    return `A token took ${ms(cached)} with the cache and ${ms(reread)} without: ${numberText(ratio, 2)} times as long.`;
  }
  if (cached !== null) return `A token takes ${ms(cached)} with the cache.`;
  if (reread !== null) return `A token takes ${ms(reread)} without the cache.`;
  return "The same draw writes the same text.";
}
