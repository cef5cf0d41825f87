import "./sequences.css";
import { numberText } from "../../../src/viz/numberText.ts";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { Segmented } from "../../../src/widgets/Segmented.tsx";
import type { ShapeName } from "../sequencesData.ts";
import { recordedNow, rightShare, shapeKinds, wordByWordShare } from "../sequencesLab.ts";
import { DigitControls, PenWay } from "./Pen.tsx";
import { columnsOf } from "./sequenceColumns.tsx";
import { UnrolledBoxes } from "./UnrolledBoxes.tsx";
import { WordsField } from "./WordsField.tsx";

const shapeOptions = Object.entries(shapeKinds).map(([value, { label }]) => ({ value, label }));

/** What goes in and what comes out, of each shape. */
const descriptions: Readonly<Record<ShapeName, string>> = {
  draw: "A digit goes in at step 1; a point of the pen’s way comes out at every step.",
  judge:
    "A word goes in at every step; when the last has been read, one answer comes out: praise or blame?",
  tag: "A word goes in at every step, and its part of speech comes out at once.",
  clock:
    "One cell reads all words. Its last state is where another begins, which writes sign after sign and reads what it has written.",
};

/** One of four shapes of sequence work, at work on what the reader gives it. */
export function Sequences({ frame, lab }: FigureProps) {
  const shape = String(frame.config.shape) as ShapeName;
  return (
    <div className="sequences" data-shape={shape}>
      <Segmented
        label="Shape"
        value={shape}
        options={shapeOptions}
        onChange={(next) => lab.configure({ shape: next, ...shapeKinds[next as ShapeName].recipe })}
      />
      <p className="figure-note">{descriptions[shape]}</p>
      {shape === "draw" ? (
        <div className="sequences-pen">
          <PenWay frame={frame} />
          <DigitControls frame={frame} lab={lab} />
        </div>
      ) : (
        <WordsField shape={shape} frame={frame} lab={lab} />
      )}
      <UnrolledBoxes columns={columnsOf(frame)} narrow={shape === "draw"} />
      <HeldOut frame={frame} shape={shape} />
    </div>
  );
}

const kept: Readonly<Record<ShapeName, string>> = {
  draw: "digits in 6 hands it has not seen, right within 5 % of their height",
  judge: "120 sentences it has not seen",
  tag: "words of 100 sentences it has not seen",
  clock: "times it has not seen in any phrase, right to the last sign",
};

/** How it does on examples kept apart, and what there is to compare with. */
function HeldOut({ frame, shape }: Pick<FigureProps, "frame"> & { readonly shape: ShapeName }) {
  return (
    <dl className="sequences-held">
      <Share share={rightShare(frame)} of={kept[shape]} />
      {shape === "judge" && (
        <Share
          share={recordedNow(frame, "right@shuffled")}
          of="the same sentences with their words shuffled"
        />
      )}
      {shape === "tag" && (
        <Share share={wordByWordShare()} of="the same words, each given its usual tag" />
      )}
    </dl>
  );
}

function Share({ share, of }: { readonly share: number; readonly of: string }) {
  const text = Number.isFinite(share) ? `${numberText(100 * share)} %` : "–";
  return (
    <div>
      <dt>{of}</dt>
      <dd>
        <span className="sequences-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Number.isFinite(share) ? 100 * share : 0}%` }} />
        </span>
        {text}
      </dd>
    </div>
  );
}
