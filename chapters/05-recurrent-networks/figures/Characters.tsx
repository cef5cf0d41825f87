import "./characters.css";
import { useState } from "react";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { Plane } from "../../../src/viz/Plane.tsx";
import { usePlane } from "../../../src/viz/planeContext.ts";
import { tickStep } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import { bits, closeWatches, corpusIn, heldLoss, linesIn } from "../charactersLab.ts";
import { recordedNow } from "../sequencesLab.ts";
import { NextCharacters } from "./NextCharacters.tsx";
import { OwnText } from "./OwnText.tsx";
import { Sample } from "./Sample.tsx";
import { UnitsOverText } from "./UnitsOverText.tsx";

/** How often it is looked at closely while it learns, in milliseconds. */
const pause = 1000;

/** A model that reads a text: what it costs, what it writes, what its units do along a few lines. */
export function Characters({ frame, lab }: FigureProps) {
  const close = usePulsedWatch({ frame, lab }, closeWatches, pause);
  const [cursor, setCursor] = useState<number | null>(null);
  const lines = linesIn(frame.config);
  // Without a place of the reader's: a third of the way, where there is something before and behind.
  const at = Math.min(cursor ?? Math.ceil(lines.length / 3), lines.length - 1);
  return (
    <div className="characters">
      <Sample frame={frame} lab={lab} close={close} />
      <Costs frame={frame} />
      <UnitsOverText frame={frame} lab={lab} close={close} cursor={at} onCursor={setCursor} />
      <NextCharacters frame={frame} lab={lab} close={close} cursor={at} />
      <OwnText frame={frame} lab={lab} />
    </div>
  );
}

/** The loss by step, against what it costs to know less. */
function Costs({ frame }: Pick<FigureProps, "frame">) {
  const { uniform, single, pairs } = corpusIn(frame.config);
  const { steps, losses, others } = frame.curve;
  const held = others?.[heldLoss] ?? [];
  const now = recordedNow(frame, heldLoss);
  const end = Math.max(100, steps.at(-1) ?? 0);
  const top = Math.max(1, Math.ceil(uniform * 2.2) / 2);
  const line = (of: readonly number[]) =>
    steps.map((step, i): [number, number] => [step, of[i] ?? Number.NaN]);
  const step = tickStep(end, 4);
  const levels = [
    { at: uniform, says: "all alike" },
    { at: single, says: "singles" },
    { at: pairs, says: "pairs" },
  ];
  return (
    <div className="characters-costs">
      <Plane
        x={{
          domain: [0, end],
          label: "step",
          ticks: Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step),
        }}
        y={{
          domain: [0, top],
          label: "loss, nats a character",
          ticks: Array.from({ length: Math.floor(top) + 1 }, (_, i) => i),
        }}
        width={340}
        height={250}
        label="The loss on the text that is learnt from and on that kept apart, and three lines to compare with"
      >
        {levels.map(({ at, says }) => (
          <Level key={says} at={at} end={end} text={says} />
        ))}
        <Curve points={line(losses)} thin />
        <Curve points={line(held)} dashed />
      </Plane>
      <p className="figure-note">
        Dashed: text kept apart, now {numberText(now)} nats or {numberText(bits(now))} bits. Thin:
        text learnt from. Dotted: what it costs to hold all characters alike likely (
        {numberText(uniform)}), to know how often each occurs ({numberText(single)}), or which
        follows which ({numberText(pairs)}).
      </p>
    </div>
  );
}

function Level({
  at,
  end,
  text,
}: {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}) {
  const { x, y } = usePlane();
  return (
    <g>
      <path className="characters-level" d={`M${x(0)} ${y(at)}H${x(end)}`} />
      <text className="characters-level-text" x={x(end)} y={y(at) - 4}>
        {text}
      </text>
    </g>
  );
}
