import "./unroll.css";
import { type CSSProperties, useEffect, useRef } from "react";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { readableWords } from "../sentences.ts";
import { heldSteps, wordsRead } from "../unrollLab.ts";
import { LookUp } from "./LookUp.tsx";
import { SentenceField } from "./SentenceField.tsx";
import { StepColumn } from "./StepColumn.tsx";
import { UnitSum } from "./UnitSum.tsx";

/** A recurrent network reading a sentence: one cell, or a copy of it for every word. */
export function Unroll({ frame, lab }: FigureProps) {
  const words = readableWords(String(frame.config.sentence));
  const place = wordsRead(frame);
  const isFolded = frame.config.folded === true;
  const go = (to: number) => lab.configure({ place: to }, walkGesture);
  const cells = useRef<HTMLElement>(null);
  useEffect(() => showStep(cells.current, place), [place]);
  return (
    <div className="unroll">
      <SentenceField sentence={String(frame.config.sentence)} lab={lab} />
      <Walk
        place={place}
        last={words.length}
        isFolded={isFolded}
        onGo={go}
        onFold={() => lab.configure({ folded: !isFolded })}
        held={heldSteps(frame)}
        onLetGo={(step) => lab.release(step === 0 ? "h_0" : `steps.${step}.h`)}
      />
      <section
        ref={cells}
        className="unroll-cells"
        style={{ "--columns": words.length } as CSSProperties}
        data-folded={isFolded || undefined}
        aria-label={isFolded ? "The cell, folded" : "The cell, one copy a word"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: on a small screen it scrolls, by the keyboard too
        tabIndex={0}
      >
        {[null, ...words].map((word, t) => (
          <StepColumn
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in time
            key={t}
            t={t}
            word={word}
            place={place}
            steps={words.length}
            isFolded={isFolded}
            frame={frame}
            lab={lab}
            onGo={go}
          />
        ))}
      </section>
      <div className="unroll-parts">
        <LookUp frame={frame} lab={lab} word={words[place - 1]} t={place} />
        <UnitSum frame={frame} lab={lab} t={place} />
      </div>
    </div>
  );
}

/** Where the copies do not fit side by side, the one in hand is brought to sight. */
function showStep(cells: HTMLElement | null, step: number): void {
  const column = cells?.children[step];
  if (!cells || !(column instanceof HTMLElement)) return;
  const left = column.offsetLeft - cells.offsetLeft;
  const right = left + column.offsetWidth;
  if (right > cells.scrollLeft + cells.clientWidth) cells.scrollLeft = right - cells.clientWidth;
  else if (left < cells.scrollLeft) cells.scrollLeft = left;
}

interface WalkProps {
  readonly place: number;
  readonly last: number;
  readonly isFolded: boolean;
  readonly held: readonly number[];
  readonly onGo: (place: number) => unknown;
  readonly onFold: () => unknown;
  readonly onLetGo: (step: number) => unknown;
}

function Walk({ place, last, isFolded, held, onGo, onFold, onLetGo }: WalkProps) {
  const isStill = useStillness();
  const button = (label: string, to: number, isPrimary = false) => (
    <button
      type="button"
      className={isPrimary ? "lab-primary" : undefined}
      disabled={isStill}
      aria-disabled={to === place || undefined}
      onClick={() => to !== place && onGo(to)}
    >
      {label}
    </button>
  );
  return (
    <div className="unroll-walk">
      <span className="lab-buttons">
        {button("Previous", Math.max(0, place - 1))}
        {button("Next word", Math.min(last, place + 1), true)}
        {button("Whole sentence", last)}
        <button type="button" disabled={isStill} aria-pressed={isFolded} onClick={onFold}>
          {isFolded ? "Unfold" : "Fold"}
        </button>
      </span>
      {held.map((step) => (
        <button key={step} type="button" disabled={isStill} onClick={() => onLetGo(step)}>
          Let h<sub>{step}</sub> go
        </button>
      ))}
    </div>
  );
}

/** A walk from button to button is one step of undo. */
const walkGesture = "walk";
