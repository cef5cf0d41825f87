import "./block.css";
import { useState } from "react";
import type { Frame } from "../../../src/training/lab.ts";
import { Curve } from "../../../src/viz/Curve.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import { Plane } from "../../../src/viz/Plane.tsx";
import { tickStep } from "../../../src/viz/scale.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { usePulsedWatch } from "../../../src/widgets/usePulsedWatch.ts";
import {
  answers,
  losses,
  measuredStream,
  questionIn,
  removalOf,
  rights,
  streamOf,
} from "../blockLab.ts";
import { digitsOf, tasks, typedWord, wordLength } from "../blockTask.ts";
import { BlockParts } from "./BlockParts.tsx";
import { type At, InsideBlock, insideWatches } from "./InsideBlock.tsx";
import { SentenceField } from "./SentenceField.tsx";

/** Milliseconds between two examinations while it trains. */
const pause = 800;
const twins = ["whole", "without"] as const;
type Twin = (typeof twins)[number];

/** Two models that learn side by side, one of which lacks a part: what each can do, and the streams of both. */
export function Block({ frame, lab, projected }: FigureProps) {
  const isStill = useStillness();
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState<At>({ twin: "whole", layer: 0, place: 0, number: 0 });
  const layers = Number(frame.config.layers);
  const inside = { ...at, layer: Math.min(at.layer, layers - 1) };
  const close = usePulsedWatch(
    { frame, lab },
    [
      ...Object.values(rights),
      ...Object.values(answers),
      ...(isOpen ? insideWatches(inside, String(frame.config.removed)) : []),
    ],
    pause,
  );
  const values = { ...frame.values, ...close?.values };
  return (
    <div className="block">
      <BlockParts frame={frame} lab={lab} />
      <div className="block-twins">
        {twins.map((twin) => (
          <TwinFace
            key={twin}
            twin={twin}
            frame={frame}
            values={values}
            onLayer={(layer) => {
              setAt({ ...inside, twin, layer });
              setOpen(true);
            }}
            chosen={isOpen && inside.twin === twin ? inside.layer : undefined}
          />
        ))}
      </div>
      <div className="block-below">
        <OwnQuestion frame={frame} lab={lab} />
        <LossCurves frame={frame} />
      </div>
      {!isStill && !projected && (
        <details
          className="block-inside"
          open={isOpen}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>
            Open a block: the stream, the norm and the feed-forward layer in numbers
          </summary>
          {isOpen && (
            <InsideBlock frame={frame} lab={lab} values={values} at={inside} onAt={setAt} />
          )}
        </details>
      )}
    </div>
  );
}

export function nameOf(twin: Twin, frame: Pick<Frame, "config">): string {
  return twin === "whole" ? "The whole model" : `The model ${removalOf(frame).without}`;
}

interface TwinFaceProps {
  readonly twin: Twin;
  readonly frame: Frame;
  readonly values: Frame["values"];
  readonly onLayer: (layer: number) => void;
  readonly chosen: number | undefined;
}

/** One of the two: its right answers by task, its stream layer by layer, its answer to the reader's question. */
function TwinFace({ twin, frame, values, onLayer, chosen }: TwinFaceProps) {
  const isStill = useStillness();
  const stream = streamOf(frame, twin);
  const measured = measuredStream(stream);
  const right = values[rights[twin]];
  const { answer } = questionIn(frame);
  const said = digitsOf(values[answers[twin]]?.data ?? []);
  return (
    <section className="block-twin">
      <h3>{nameOf(twin, frame)}</h3>
      <dl className="block-rights">
        {tasks.map(({ name, label }, i) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              <span className="block-bar" aria-hidden="true">
                <span style={{ inlineSize: `${100 * (right?.data[i] ?? 0)}%` }} />
              </span>
              {right ? `${Math.round(100 * (right.data[i] ?? 0))} %` : "–"}
            </dd>
          </div>
        ))}
      </dl>
      <p className="block-said">
        Yours:{" "}
        {said.map((digit, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its place
          <span key={i} data-wrong={digit !== String(answer[i]) || undefined}>
            {digit}
            {digit !== String(answer[i]) && <span className="sr-only"> (wrong)</span>}
          </span>
        ))}
      </p>
      <div className="block-stream">
        <ol>
          {measured.map(({ length, alike }, layer) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
            <li key={layer}>
              <b>{layer === 0 ? "start" : `block ${layer}`}</b>
              <span>length {numberText(length, 2)}</span>
              <span>alike {numberText(alike, 2)}</span>
            </li>
          ))}
        </ol>
        <PictureGrid
          values={stream}
          label={`The stream of ${nameOf(twin, frame).toLowerCase()}, a row a token, before its first block and after each`}
          columns={1}
          scale="diverging"
          reach={streamReach(stream.data)}
          nameOf={(i) => (i === 0 ? "Open the first block" : `Open block ${i}`)}
          chosen={chosen === undefined ? undefined : chosen + 1}
          {...(!isStill && { onChoose: (i: number) => onLayer(Math.max(0, i - 1)) })}
        />
      </div>
    </section>
  );
}

/** Full colour at twice the root of the mean square: one large number does not pale all the others. */
function streamReach(data: Float32Array): number {
  const square = data.reduce((sum, value) => sum + value * value, 0) / Math.max(1, data.length);
  return Math.max(2 * Math.sqrt(square), 1e-6);
}

/** What the reader asks both. */
function OwnQuestion({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const word = String(frame.config.word);
  const typed = (word.match(/\d/g) ?? []).map(Number);
  const { answer } = questionIn(frame);
  const note =
    typed.some((digit) => digit > 5) || typed.length !== wordLength
      ? `It reads five digits from 0 to 5: ${typedWord(word).join(" ")}. `
      : "";
  return (
    <div className="block-own">
      <Segmented
        label="Your question"
        value={String(frame.config.task)}
        options={tasks.map(({ name, label }) => ({ value: name, label }))}
        onChange={(task) => lab.configure({ task })}
      />
      <SentenceField
        label="Five digits"
        text={word}
        longest={40}
        onText={(text, gesture) => lab.configure({ word: text }, gesture)}
        note={`${note}Right is ${answer.join(" ")}.`}
      />
    </div>
  );
}

/** The losses of both on questions held out; what is above the picture is off the scale. */
function LossCurves({ frame }: { readonly frame: Frame }) {
  const { steps, others } = frame.curve;
  const end = Math.max(300, steps.at(-1) ?? 0);
  const stride = tickStep(end, 4);
  const curve = (twin: Twin) =>
    steps.map((step, i) => [step, others?.[losses[twin]]?.[i] ?? Number.NaN] as const);
  return (
    <div className="block-curves">
      <Plane
        x={{
          domain: [0, end],
          label: "step",
          ticks: Array.from({ length: Math.floor(end / stride) + 1 }, (_, i) => i * stride),
        }}
        y={{ domain: [0, 2.5], label: "loss on questions held out", ticks: [0, 1, 2] }}
        width={460}
        height={210}
        label={`The losses of both models by step: the whole one, and, dashed, the one ${removalOf(frame).without}`}
      >
        <Curve points={curve("whole")} />
        <Curve points={curve("without")} dashed />
      </Plane>
      <p className="figure-note">The line: the whole model. Dashed: {removalOf(frame).without}.</p>
    </div>
  );
}
