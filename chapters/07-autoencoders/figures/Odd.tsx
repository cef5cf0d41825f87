import "./odd.css";
import { useMemo, useState } from "react";
import { entry, type NDArray } from "../../../src/data/ndarray.ts";
import { takeRows } from "../../../src/training/batches.ts";
import { numberText } from "../../../src/viz/numberText.ts";
import { Picture, PictureGrid } from "../../../src/viz/Picture.tsx";
import type { FigureProps } from "../../../src/widgets/figure.ts";
import { InkPad } from "../../../src/widgets/InkPad.tsx";
import { Select } from "../../../src/widgets/Select.tsx";
import { side } from "../digits.ts";
import { asInput, errorNow, errorsOf, oddPictures, thresholdOf } from "../oddLab.ts";
import { plainShape, type ShapeName, shapeNames } from "../oddShapes.ts";
import { ErrorHistogram } from "./ErrorHistogram.tsx";
import { RocPlot } from "./RocPlot.tsx";

/** A picture is called odd when it cannot be made again: one of the reader's, and many. */
export function Odd({ frame, lab, projected }: FigureProps) {
  return (
    <div className="odd">
      <OnTrial frame={frame} lab={lab} />
      <div className="odd-many">
        <ErrorHistogram frame={frame} lab={lab} />
        <RocPlot frame={frame} />
      </div>
      {!projected && <Mistakes frame={frame} lab={lab} />}
    </div>
  );
}

const readyMade = [
  { value: "", label: "choose …" },
  ...shapeNames.map((name) => ({
    value: name,
    label: name.length === 1 ? `letter ${name}` : name,
  })),
];

const square = (data: ArrayLike<number>) => ({ shape: [side, side], data });

/** The picture on show, what is made of it, and what is between the two. */
function OnTrial({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const [ready, setReady] = useState("");
  const { x } = frame.input;
  const made = frame.values.x_hat;
  const difference = useMemo(
    () => Float32Array.from(x?.data ?? [], (ink, i) => ink - entry(made, i)),
    [x, made],
  );
  const error = errorNow(frame);
  const isOdd = error > thresholdOf(frame.config);
  return (
    <div className="odd-trial">
      <figure>
        <figcaption>The picture</figcaption>
        <InkPad
          label="Draw a digit, or something else"
          size={side}
          value={x && square(x.data)}
          onDraw={({ picture }, gesture) => lab.input(asInput(picture), gesture)}
        />
      </figure>
      <figure>
        <figcaption>Made again</figcaption>
        {made && <Picture values={square(made.data)} label="Made again" sym="x_hat" />}
        <Select
          label="Or take"
          value={ready}
          options={readyMade}
          onChange={(name) => {
            setReady(name);
            if (name !== "") return lab.input(asInput(plainShape(name as ShapeName)));
            return undefined;
          }}
        />
      </figure>
      <figure>
        <figcaption>The difference</figcaption>
        <Picture
          values={square(difference)}
          label="The picture less what is made of it"
          scale="diverging"
          reach={1}
        />
        <p className="figure-note">
          Orange: ink that is not made again. Blue: ink that was not there.
        </p>
      </figure>
      <p className="odd-verdict" data-odd={isOdd || undefined}>
        <span>error e</span>
        <strong data-sym="e">{numberText(error)}</strong>
        <span>{isOdd ? "above the threshold: odd" : "below the threshold: normal"}</span>
      </p>
    </div>
  );
}

const mostShown = 8;

/** Rows in the order of their errors, of those that are judged wrongly. */
function wrongRows(errors: ArrayLike<number>, isWrong: (error: number) => boolean, sign: 1 | -1) {
  return Array.from(errors, (error, row) => ({ error, row }))
    .filter(({ error }) => isWrong(error))
    .sort((a, b) => sign * (b.error - a.error))
    .map(({ row }) => row);
}

/** The pictures that the threshold judges wrongly, the worst of each kind. */
function Mistakes({ frame, lab }: Pick<FigureProps, "frame" | "lab">) {
  const { normal, odd } = errorsOf(frame);
  const threshold = thresholdOf(frame.config);
  const alarms = wrongRows(normal, (error) => error > threshold, 1);
  const missed = wrongRows(odd, (error) => error <= threshold, -1);
  return (
    <div className="odd-mistakes">
      <Wrong
        title="False alarms: normal, and above"
        none="No normal picture lies above the threshold."
        x={frame.data.x}
        rows={alarms}
        rowOf={(row) => frame.heldOut[row] ?? 0}
        lab={lab}
      />
      <Wrong
        title="Missed: odd, and below"
        none="No odd picture lies below the threshold."
        x={oddPictures(String(frame.config.odd)).x}
        rows={missed}
        rowOf={(row) => row}
        lab={lab}
      />
    </div>
  );
}

interface WrongProps extends Pick<FigureProps, "lab"> {
  readonly title: string;
  readonly none: string;
  readonly x: NDArray | undefined;
  readonly rows: readonly number[];
  /** The row of the pictures that a row of the errors is of. */
  readonly rowOf: (row: number) => number;
}

function Wrong({ title, none, x, rows, rowOf, lab }: WrongProps) {
  const shown = rows.slice(0, mostShown).map(rowOf);
  const pictures = x && shown.length > 0 ? takeRows({ x }, shown).x : null;
  return (
    <figure>
      <figcaption>
        {title}
        <span>
          {rows.length}
          {rows.length > mostShown && `, the worst ${mostShown}`}
        </span>
      </figcaption>
      {pictures ? (
        <div style={{ inlineSize: `${shown.length * (100 / mostShown)}%` }}>
          <PictureGrid
            values={pictures}
            label={title}
            columns={shown.length}
            nameOf={(index) => `put picture ${index + 1} on trial`}
            onChoose={(index) => {
              const data = pictures.data.slice(index * side * side, (index + 1) * side * side);
              void lab.input(asInput({ shape: [side, side], data }));
            }}
          />
        </div>
      ) : (
        <p className="figure-note">{none}</p>
      )}
    </figure>
  );
}
